"""What the file that builds a project's stacks is called."""

ENTRY_POINTS = ("tap.py", "main.py", "app.py")
"""Files that build a project's stacks when they are run, as ``cdktf.json`` usually names them."""
