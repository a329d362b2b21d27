from cdktf import App
from tabs import Tabs
from crlf import Crlf
from latin import Latin
from marked import Marked
from nonewline import END

app = App()
for each in (Tabs, Crlf, Latin, Marked, END):
    each(app, each.__name__.lower())
app.synth()
