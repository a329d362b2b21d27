"""Versions of database engines that RDS has withdrawn or never had: data, with the AWS document beside each row.

A version that is not here is not known to be wrong: the rows are few, and hold only what is sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_PG = 'Amazon RDS for PostgreSQL Release Notes, "Amazon RDS for PostgreSQL updates"'
_PG_CALENDAR = 'Amazon RDS for PostgreSQL Release Notes, "Release calendars for Amazon RDS for PostgreSQL"'
_APG = 'Release Notes for Aurora PostgreSQL, "Amazon Aurora PostgreSQL updates"'
_APG_CALENDAR = 'Release Notes for Aurora PostgreSQL, "Release calendars for Aurora PostgreSQL"'
_MYSQL = 'Amazon RDS User Guide, "MySQL on Amazon RDS versions"'
_MARIADB = 'Amazon RDS User Guide, "MariaDB on Amazon RDS versions"'
_AMYSQL = 'Release Notes for Aurora MySQL, "Release calendars for Amazon Aurora MySQL"'


@dataclass(frozen=True)
class Gone:
    """Versions that cannot be had; ``whole`` says that all below them cannot be had either."""

    engine: str
    versions: frozenset[str]
    why: str
    source: str
    whole: bool = False

    def holds(self, version: str) -> bool:
        return version in self.versions or (
            self.whole and any(version.startswith(f"{each}.") for each in self.versions)
        )


def _minors(major: str, numbers: Iterable[int]) -> frozenset[str]:
    return frozenset(f"{major}.{number}" for number in numbers)


_NEVER = "RDS never had it"
_WITHDRAWN = "RDS has withdrawn it"

GONE = (
    Gone("postgres", _minors("17", [0]), _NEVER, f"{_PG}: 17.1 is the first of 17"),
    Gone("postgres", _minors("16", [0]), _NEVER, f"{_PG}: 16.1 is the first of 16"),
    Gone("postgres", _minors("15", [0, 1]), _NEVER, f"{_PG}: 15.2 is the first of 15"),
    Gone("postgres", _minors("15", [5]), "RDS has no version 15.5", f"{_PG_CALENDAR}; documented failure 004.1"),
    Gone("postgres", _minors("14", [0]), _NEVER, f"{_PG}: 14.1 is the first of 14"),
    Gone("postgres", _minors("13", [0]), _NEVER, f"{_PG}: 13.1 is the first of 13"),
    Gone("postgres", _minors("12", [0, 1]), _NEVER, f"{_PG}: 12.2 is the first of 12"),
    Gone("postgres", _minors("11", [0]), _NEVER, f"{_PG}: 11.1 is the first of 11"),
    Gone("postgres", frozenset(("9.3", "9.4", "9.5", "9.6", "10")), _WITHDRAWN, _PG_CALENDAR, whole=True),
    Gone("aurora-postgresql", _minors("17", range(4)), _NEVER, f"{_APG}: 17.4 is the first of 17"),
    Gone("aurora-postgresql", _minors("16", [0]), _NEVER, f"{_APG}: 16.1 is the first of 16"),
    Gone("aurora-postgresql", _minors("15", [0, 1]), _NEVER, f"{_APG}: 15.2 is the first of 15"),
    Gone("aurora-postgresql", _minors("14", range(3)), _NEVER, f"{_APG}: 14.3 is the first of 14"),
    Gone("aurora-postgresql", _minors("13", range(3)), _NEVER, f"{_APG}: 13.3 is the first of 13"),
    Gone("aurora-postgresql", _minors("12", range(4)), _NEVER, f"{_APG}: 12.4 is the first of 12"),
    Gone("aurora-postgresql", frozenset(("9.6", "10")), _WITHDRAWN, _APG_CALENDAR, whole=True),
    Gone("mysql", _minors("8.0", [29]), _NEVER, f"{_MYSQL}: 8.0.29 is not among them"),
    Gone("mysql", _minors("8.0", range(11, 29)), _WITHDRAWN, f"{_MYSQL}: 8.0.28 until March 2024, others before"),
    Gone("mysql", _minors("5.7", range(16, 38)), _WITHDRAWN, f"{_MYSQL}: of 5.7, 5.7.44 is in Extended Support"),
    Gone("mysql", frozenset(("5.1", "5.5", "5.6")), _WITHDRAWN, f'{_MYSQL}, "Deprecated versions"', whole=True),
    Gone("mariadb", frozenset(("10.0", "10.1", "10.2", "10.3")), _WITHDRAWN, f"{_MARIADB}, deprecated", whole=True),
    Gone(
        "aurora-mysql",
        frozenset(f"8.0.mysql_aurora.3.0{each}" for each in ("1.0", "1.1", "2.0", "2.1", "2.2", "2.3")),
        _WITHDRAWN,
        f"{_AMYSQL}: 3.01 and 3.02 until 15 January 2024",
    ),
    Gone("aurora-mysql", frozenset(("5.6",)), _WITHDRAWN, f"{_AMYSQL}: version 1 until 28 February 2023", whole=True),
)

_PRECISIONS = {
    "postgres": r"9\.\d+|\d{2}",
    "aurora-postgresql": r"9\.\d+|\d{2}",
    "mysql": r"\d+\.\d+",
    "aurora-mysql": r"\d+\.\d+",
    "mariadb": r"\d+\.\d+",
}
"""By engine: the part of a version that RDS completes with the latest minor version. Source: ``EngineVersion`` of RDS's
``CreateDBInstance`` and ``CreateDBCluster``; ``engine_version`` in the AWS provider's documentation ("you can provide a
prefix of the version")."""


def gone(engine: str | None, version: str | None) -> Gone | None:
    """Why RDS does not have a version, or None where it may."""
    return next((row for row in GONE if row.engine == engine and version is not None and row.holds(version)), None)


def latest_of(engine: str, version: str) -> str | None:
    """What to write for the latest minor version of the same major; None where that is withdrawn too."""
    found = re.match(_PRECISIONS[engine], version)
    return found[0] if found is not None and gone(engine, found[0]) is None else None
