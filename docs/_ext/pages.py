"""Writes one page a room for the API reference: the package's docstring, then its modules with their members.

The pages stand in `reference/api`, which git ignores; what a package re-exports is shown where it is written, once.
"""

import importlib
import pkgutil
from pathlib import Path
from typing import Any


def title(text: str, underline: str) -> list[str]:
    """A heading."""
    return [text, underline * len(text), ""]


def module(name: str, *options: str) -> list[str]:
    """The directive that documents a module."""
    return [f".. automodule:: {name}", *(f"   :{option}:" for option in options), ""]


def page(room: str, modules: list[str]) -> str:
    """A room's page."""
    alone = modules == [room]
    lines = title(room, "=") + module(room, *(["members"] if alone else []))
    for name in modules:
        if name != room:
            lines += title(name, "-") + module(name, "members")
    return "\n".join(lines)


def rooms() -> dict[str, list[str]]:
    """The modules of each room of `rvd`."""
    package = importlib.import_module("rvd")
    found: dict[str, list[str]] = {}
    for info in pkgutil.walk_packages(package.__path__, "rvd."):
        room = ".".join(info.name.split(".")[:2])
        if not info.name.endswith(".__main__"):
            found.setdefault(room, []).append(info.name)
    return found


def write(app: Any) -> None:
    """Writes the pages that changed and removes those of rooms that are gone."""
    folder = Path(app.srcdir) / "reference" / "api"
    folder.mkdir(parents=True, exist_ok=True)
    texts = {folder / f"{room}.rst": page(room, modules) for room, modules in rooms().items()}
    for path in set(folder.glob("*.rst")) - set(texts):
        path.unlink()
    for path, text in texts.items():
        if not path.exists() or path.read_text() != text:
            path.write_text(text)


def setup(app: Any) -> dict[str, Any]:
    """Called by Sphinx."""
    app.connect("builder-inited", write, priority=100)
    return {"parallel_read_safe": True}
