"""Writes the reference of the case file from the schema that reads it: every key, what it takes, its default.

The page stands in `reference/case_keys.md`, which git ignores.
"""

import math
from pathlib import Path
from typing import Any, get_args

NEVER = 1e9  # a length, time or speed that is never reached stands for "no limit"
TABLE = ["| key | value | default | meaning |", "|---|---|---|---|"]
HEAD = """# Keys of the case file

Every key, from the schema that reads the file. A key without a default has to be given. An unknown key is an error
that names the nearest known one.
"""
DISPERSE = """
## `[disperse]`

Each line is a key of the plan, quoted, and a distribution: `"start.vbar" = { normal = "50 m" }`. A normal in the
key's unit is added to the nominal value; a percentage multiplies it; uniform, triangular and choice are put in its
place, or multiply it where they are percentages.

| distribution | may stand beside it |
|---|---|
"""
DISPERSIBLE = """
These keys can be dispersed:

| key | parts | unit |
|---|---|---|
"""
REQUIRE = """
## `[[require]]`

`what` is an outcome, with the share of runs in `at_least` or `at_most`; or a column with its limits and the `share`
of runs that keep them; or a list of conditions that hold together. `confidence` goes with each.

Outcomes: {outcomes}.

| column | unit |
|---|---|
"""


def kinds_of(field: Any) -> list[Any]:
    """The kinds of value that annotate a field, in it or inside `| None`."""
    from rvd.case.values import Kind

    found = [mark for mark in field.metadata if isinstance(mark, Kind)]
    for part in get_args(field.annotation):
        found += [mark for mark in getattr(part, "__metadata__", ()) if isinstance(mark, Kind)]
    return found


def table_in(annotation: Any) -> Any:
    """The table class in an annotation (bare, optional, in a dict or a tuple), None if there is none."""
    from rvd.case.table import Table

    if isinstance(annotation, type) and issubclass(annotation, Table):
        return annotation
    inner = (table_in(part) for part in get_args(annotation))
    return next((part for part in inner if part is not None), None)


def shown(kind: Any, value: Any) -> str:
    """A default as a reader of case files would write it."""
    from rvd.case.values import Mixed, Quantity

    if value is None or value == () or value == "":
        return "none"
    if isinstance(kind, Mixed):
        return ", ".join(shown(of, x) for of, x in zip(kind.of, value, strict=True))
    if isinstance(value, tuple) and hasattr(kind, "of"):
        each = [shown(kind.of, x) for x in value]
        return each[0] if len(set(each)) == 1 else ", ".join(each)
    if isinstance(kind, Quantity):
        return quantity(kind, value)
    return f"{kind.written(value)}"


def quantity(kind: Any, value: float) -> str:
    """A number in SI in the unit that remedies show; a half turn is no limit to an angle."""
    from rvd.units import factor

    if abs(value) >= (math.pi if kind.unit == "rad" else NEVER):
        return "no limit"
    unit = kind.usual or kind.unit
    return f"{value / factor(unit, kind.unit) if kind.unit else value:.6g} {unit}".strip()


def default(field: Any, kinds: list[Any]) -> str:
    """What stands in the column of defaults."""
    if field.is_required():
        return ""
    value = field.get_default(call_default_factory=True)
    if kinds:
        return shown(kinds[0], value)
    return "none" if value is None else "as its keys say"


def line(key: str, field: Any) -> list[str]:
    """The lines of a field: its own, or those of the table that it is."""
    table, kinds = table_in(field.annotation), kinds_of(field)
    text = (field.description or "").replace("\n", " ").replace("|", "\\|")
    if table is None or kinds:
        words = "; ".join(kind.words for kind in kinds) or getattr(field.annotation, "__name__", "")
        return [f"| `{key}` | {words} | {default(field, kinds)} | {text} |"]
    head = f"| `{key}` | a table | {default(field, kinds)} | {text or table.__doc__} |"
    return [head, *lines(f"{key}.", table)]


def lines(prefix: str, table: Any) -> list[str]:
    """The lines of a table's keys."""
    return [
        row
        for name, field in table.model_fields.items()
        for row in line(f"{prefix}{field.alias or name}", field)
    ]


def section(name: str, field: Any) -> list[str]:
    """A table of the file."""
    table = table_in(field.annotation)
    origin = str(field.annotation)
    if origin.startswith("tuple"):
        title = f"[[{name}]]"
    else:
        title = f"[{name}.NAME]" if origin.startswith("dict") else f"[{name}]"
    head = ["", f"## `{title}`", "", (table.__doc__ or "").strip(), ""]
    return [*head, *TABLE, *lines("", table)]


def beside() -> list[str]:
    """The lines of the table of distributions."""
    from rvd.case.disperse import BESIDE

    return [f"| `{kind}` | {', '.join(f'`{key}`' for key in keys)} |" for kind, keys in BESIDE.items()]


def dispersible() -> list[str]:
    """The lines of the table of keys that may differ from run to run."""
    from rvd.case.paths import PATHS

    rows = []
    for path in PATHS.values():
        parts = ", ".join(f"`{part}`" for part in path.parts if part)
        units = path.unit if path.unit is not None else ", ".join(path.units)
        rows.append(f"| `{path.key}` | {parts} | {path.usual or units} |")
    return rows


def page() -> str:
    """The page."""
    from rvd.case.require import COLUMNS, OUTCOMES
    from rvd.case.schema import Case

    tables = {name: field for name, field in Case.model_fields.items() if table_in(field.annotation)}
    text = [HEAD, "## At the top of the file", "", *TABLE]
    for name, field in Case.model_fields.items():
        if name not in tables and name not in ("disperse", "require"):
            text += line(field.alias or name, field)
    for name, field in tables.items():
        text += section(name, field)
    text += [DISPERSE.rstrip("\n"), *beside(), DISPERSIBLE.rstrip("\n"), *dispersible()]
    text += [REQUIRE.format(outcomes=", ".join(f"`{name}`" for name in OUTCOMES)).rstrip("\n")]
    text += [f"| `{name}` | {unit} |" for name, unit in COLUMNS.items()]
    return "\n".join(text) + "\n"


def write(app: Any) -> None:
    """Writes the page if it changed."""
    path = Path(app.srcdir) / "reference" / "case_keys.md"
    text = page()
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


def setup(app: Any) -> dict[str, Any]:
    """Called by Sphinx."""
    app.connect("builder-inited", write, priority=100)
    return {"parallel_read_safe": True}
