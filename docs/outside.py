"""A hook of mkdocs: links out of ``docs/`` into the repository, which the site does not have, become plain names.

They are checked first: a link to what is not there is an error, as it is within the site.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError

_ROOT = Path(__file__).parents[1]
_LINK = re.compile(r"\[([^\]]+)\]\(((?:\.\./)+[^)#\s]*)(?:#[^)\s]*)?\)")


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Called by mkdocs for each page.

    :raises PluginError: a link leads nowhere.
    """
    folder = Path(page.file.abs_src_path).parent

    def plain(link: re.Match[str]) -> str:
        target = (folder / link[2]).resolve()
        if not target.exists() or not target.is_relative_to(_ROOT):
            raise PluginError(f"{page.file.src_path}: {link[2]} is not there")
        return link[0] if target.is_relative_to(_ROOT / "docs") else link[1]

    return _LINK.sub(plain, markdown)
