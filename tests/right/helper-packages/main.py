"""Helper modules that give back tuples, dicts, classes; several stacks."""
from cdktf import App, TerraformOutput, TerraformStack
from lib import Team, build, network, queue_class, settings, with_defaults
from lib.mixins import Named, Tagged


class Shop(Named, Tagged, TerraformStack):
    tags_extra = {"stack": "shop"}

    def __init__(self, scope, ns, team: Team, **options):
        super().__init__(scope, ns)
        self.team = team
        self.options = with_defaults(options, size=2)
        self.provider = self.set_up(settings.region)
        vpc, subnets = network(self, self.options["size"])
        self.vpc, *self.subnets = vpc, *subnets
        Queue = queue_class(fifo=self.options.get("fifo", False))
        self.queues = [Queue(self, self.named(f"q{i}"), tags=self.tags()) for i in range(self.options["size"])]
        (only,) = [q for q in self.queues if q.node.id.endswith("q0")]
        TerraformOutput(self, "only", value=only.arn)
        if extra := self.options.get("extra"):
            build(self, extra, vpc=vpc)
        for key, value in {"vpc": vpc, "first": self.subnets[0]}.items():
            TerraformOutput(self, f"{key}_id", value=value.id)
        self.finish and self.finish()

    def finish(self):
        self.finished = True


app = App()
for team in Team.load():
    Shop(app, f"shop-{team.name}", team, extra=team.extra, **team.options)
app.synth()
