"""Names that do not collide between stages."""


class Stage:
    """Where something is deployed: test, staging or live."""

    REGIONS = {"test": "eu-north-1", "staging": "eu-north-1", "live": "eu-west-1"}

    def __init__(self, name: str):
        if name not in self.REGIONS:
            raise ValueError(f"{name} is none of {', '.join(self.REGIONS)}")
        self.name = name

    @property
    def region(self) -> str:
        return self.REGIONS[self.name]

    @property
    def is_live(self) -> bool:
        return self.name == "live"

    def named(self, *parts: str) -> str:
        return "-".join(["media", *parts, self.name])
