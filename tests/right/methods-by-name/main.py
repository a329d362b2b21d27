from functools import wraps, partialmethod, singledispatchmethod
from cdktf import App, TerraformStack
from constructs import Construct
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket


def memo(method):
    @wraps(method)
    def inner(self, *args):
        cache = self.__dict__.setdefault("_memo", {})
        if (method.__name__, args) not in cache:
            cache[method.__name__, args] = method(self, *args)
        return cache[method.__name__, args]
    return inner


def lazy(method):
    return property(memo(method))


class Shop(TerraformStack):
    def __init__(self, scope, ns):
        super().__init__(scope, ns)
        AwsProvider(self, "aws", region="eu-west-1")
        self.queue("a")
        self.queue("a")
        print(self.bucket.arn, self.bucket.id)
        self.handle("x")
        self.handle(3)
        self.small()
        self.hook = None
        self.on_done(lambda stack: SqsQueue(stack, "done"))
        if self.hook:
            self.hook(self)
        self.emit = self._emit
        self.emit("one")
        for name, method in self.steps():
            method(name)
        print(self.state.arn)

    def steps(self):
        yield "s1", self._first
        yield "s2", self._emit

    def _first(self, name):
        self.state = SqsQueue(self, name)

    @memo
    def queue(self, name):
        return SqsQueue(self, name)

    @lazy
    def bucket(self):
        return S3Bucket(self, "bucket")

    @singledispatchmethod
    def handle(self, value):
        raise TypeError(value)

    @handle.register
    def _(self, value: str):
        SqsQueue(self, value)

    @handle.register
    def _(self, value: int):
        SqsQueue(self, f"number{value}")

    def sized(self, size):
        SqsQueue(self, f"sized{size}", delay_seconds=size)

    small = partialmethod(sized, 1)

    def on_done(self, hook):
        self.hook = hook

    def _emit(self, name):
        SqsQueue(self, f"emit-{name}")


class Part(Construct):
    def __init__(self, scope, ns):
        super().__init__(scope, ns)
        self.name = ns


def made(scope, name, seen={}):
    if name in seen:
        return seen[name]
    seen[name] = Part(scope, name)
    return seen[name]


app = App()
shop = Shop(app, "shop")
made(shop, "p"), made(shop, "p")
part = made(shop, "p")
part.name = "renamed"
SqsQueue(part, part.name)
part.name += "2"
SqsQueue(part, part.name)
scope = shop
for child in ("cx", "cy"):
    scope = Part(scope, child)
    SqsQueue(scope, "q")
scopes = [Part(shop, f"sc{i}") for i in range(2)]
SqsQueue(scopes[0], "q"), SqsQueue(scopes[1], "q")
first, second = scopes
SqsQueue(first, "r"), SqsQueue(second, "r")
for scope, name in zip(scopes, ["z", "z"]):
    SqsQueue(scope, name)
[SqsQueue(each, "comp") for each in scopes]
list(map(lambda each: SqsQueue(each, "mapped"), scopes))
{each.name: SqsQueue(each, "d") for each in scopes}
app.synth()
