from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class Database:
    instance_class: str = "db.t4g.micro"
    storage: int = 20
    multi_az: bool = False


@dataclass(frozen=True)
class Config:
    name: str
    delay: int = 30
    ports: tuple[int, ...] = (80, 443)
    database: Database = field(default_factory=Database)
    tags: dict[str, str] = field(default_factory=dict)

    def all_tags(self) -> dict[str, str]:
        return {**self.tags, "Name": self.name}


PRODUCTION = Config("prod", database=Database(multi_az=True, storage=100), tags={"Cost": "high"})
CONFIGS = {"dev": Config(name="dev"), "prod": PRODUCTION}
SUMMARY = asdict(PRODUCTION)
