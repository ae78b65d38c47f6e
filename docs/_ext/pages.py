"""Writes one page a package for the API reference: the package's docstring, then its modules with their members.

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


def page(package: str, modules: list[str]) -> str:
    """A package's page."""
    alone = modules == [package]
    lines = title(package, "=") + module(package, *(["members"] if alone else []))
    for name in modules:
        if name != package:
            lines += title(name, "-") + module(name, "members")
    return "\n".join(lines)


def packages() -> dict[str, list[str]]:
    """The modules of each package of `rvd`."""
    top = importlib.import_module("rvd")
    found: dict[str, list[str]] = {}
    for info in pkgutil.walk_packages(top.__path__, "rvd."):
        package = ".".join(info.name.split(".")[:2])
        if not info.name.endswith(".__main__"):
            found.setdefault(package, []).append(info.name)
    return found


def write(app: Any) -> None:
    """Writes the pages that changed and removes those of packages that are gone."""
    folder = Path(app.srcdir) / "reference" / "api"
    folder.mkdir(parents=True, exist_ok=True)
    texts = {folder / f"{package}.rst": page(package, modules) for package, modules in packages().items()}
    for path in set(folder.glob("*.rst")) - set(texts):
        path.unlink()
    for path, text in texts.items():
        if not path.exists() or path.read_text() != text:
            path.write_text(text)


def setup(app: Any) -> dict[str, Any]:
    """Called by Sphinx."""
    app.connect("builder-inited", write, priority=100)
    return {"parallel_read_safe": True}
