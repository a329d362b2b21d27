"""Tags."""


def standard_tags(team: str, **extra: str) -> dict[str, str]:
    return {"Team": team, **{key.title(): value for key, value in extra.items()}}
