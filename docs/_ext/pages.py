"""Writes one page a public package for the reference: the package's docstring, then its modules with their members.

Public is what users import (`PUBLIC`), and of it the names in `__all__`; what those functions give has a page of its
own (`RECORDS`). The pages stand in `reference/api`, which git ignores.
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
    for name in FUNCTIONS.get(package, ()):
        lines += [f".. autofunction:: {name}", ""]
    for name in modules:
        if name != package:
            lines += title(name, "-") + module(name, "members")
    return "\n".join(lines)


PUBLIC = ("api", "attitude", "control", "errors", "guidance", "motion", "orbit", "plot", "safety")
"""What users import: names that may not change without a word in the changelog."""

FUNCTIONS = {
    "rvd.guidance": [f"rvd.core.guidance.own.{name}" for name in ("own_law", "track", "gain", "coast")],
}
"""What a package gives beside its modules: by the names under which it is written."""

WHOLE = ("plot",)
"""Packages whose functions are called by the package's name; their modules are nobody's business."""

RECORDS = {
    "rvd.assembly.history": ("History",),
    "rvd.casefile": ("Case",),
    "rvd.montecarlo.verdict": ("Finding", "Judgement"),
    "rvd.core.signals": ("Leg", "Now", "Outcome", "Alarm", "Word", "Tally"),
    "rvd.core.flight.reason": ("Reason", "Why"),
}
"""What those give, and what a law is told: by the modules that hold them."""


def public(name: str) -> bool:
    """Whether a module says which of its names are public."""
    return hasattr(importlib.import_module(name), "__all__")


def packages() -> dict[str, list[str]]:
    """The public modules of each public package of `rvd`."""
    found: dict[str, list[str]] = {}
    for part in PUBLIC:
        package = f"rvd.{part}"
        top = importlib.import_module(package)
        within = () if part in WHOLE else getattr(top, "__path__", ())
        inside = [info.name for info in pkgutil.iter_modules(within, f"{package}.")]
        found[package] = [package, *(name for name in inside if public(name))]
    return found


def records() -> str:
    """The page of the records."""
    lines = [*title("Records", "="), "What functions give, and what a law of your own is told.", ""]
    for name, members in RECORDS.items():
        lines += title(name, "-")
        for member in members:
            lines += [f".. autoclass:: {name}.{member}", "   :members:", "   :undoc-members:", ""]
    return "\n".join(lines)


def write(app: Any) -> None:
    """Writes the pages that changed and removes those of packages that are gone."""
    folder = Path(app.srcdir) / "reference" / "api"
    folder.mkdir(parents=True, exist_ok=True)
    texts = {folder / f"{package}.rst": page(package, modules) for package, modules in packages().items()}
    texts[folder / "records.rst"] = records()
    for path in set(folder.glob("*.rst")) - set(texts):
        path.unlink()
    for path, text in texts.items():
        if not path.exists() or path.read_text() != text:
            path.write_text(text)


def setup(app: Any) -> dict[str, Any]:
    """Called by Sphinx."""
    app.connect("builder-inited", write, priority=100)
    return {"parallel_read_safe": True}
