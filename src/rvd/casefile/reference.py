"""The reference of the case file, made from the schema: the tables of the manual's page."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from rvd.case.dispersion import BESIDE
from rvd.case.kinded import Kinded
from rvd.case.paths import EACH, PATHS
from rvd.case.records import kinds_of, needed_of, walk
from rvd.case.requirement import OUTCOMES, TESTS, USUAL
from rvd.case.results import LOGGED, QUANTITIES
from rvd.case.schema import CaseSchema
from rvd.case.table import AbortGain, Angles, Gain, LegGain, LegPlace, Place, inner, kind_of, meaning_of

from .in_words import attitude, in_words, place, velocity

BEGIN = "<!-- The reference: begin. Written by python -m rvd.casefile.reference -->"
END = "<!-- The reference: end -->"


WORDED: tuple[tuple[type[BaseModel], str], ...] = (
    (Place, "A place"),
    (LegPlace, "A place of a leg"),
    (Gain, "A change of velocity"),
    (LegGain, "A change of velocity of a leg"),
    (AbortGain, "The change of velocity of an abort"),
    (Angles, "An attitude"),
)
"""Tables that stand where a value does, and the titles of their sections."""


def reference() -> str:
    """The reference in Markdown: every table with its keys, then what can be dispersed and what can be required."""
    tables = "\n".join(_tables("", CaseSchema, {}))
    return f"{tables}\n{_dispersible()}\n{_requirable()}"


def refresh(page: Path) -> None:
    """Writes the reference between its two marks in a page."""
    page.write_text(refreshed(page.read_text(encoding="utf-8")), encoding="utf-8")


def refreshed(text: str) -> str:
    """A page's text with the reference of today between its two marks."""
    head, _, rest = text.partition(BEGIN)
    tail = rest.partition(END)[2]
    return f"{head}{BEGIN}\n\n{reference()}\n{END}{tail}"


# ---- the tables of the schema


def _tables(path: str, model: type[BaseModel], seen: dict[type[BaseModel], str]) -> Iterator[str]:
    """The section of a table, then those of the tables in it; a table met before is only named."""
    seen[model] = path
    fields = [(field.alias or name, field) for name, field in model.model_fields.items()]
    told = [meaning_of(model, name) for name in model.model_fields]
    yield f"### {f'`{path}`' if path else 'The file itself'}\n"
    yield f"{inspect.getdoc(model)}\n"
    yield "| key | write | default | |\n|---|---|---|---|"
    for (key, field), text in zip(fields, told, strict=True):
        yield f"| `{key}` | {_write(field)} | {_default(field)} | {_in_a_cell(text)} |"
    yield ""
    if issubclass(model, Kinded):
        yield from _kinds(model)
    for key, field in fields:
        table = inner(field.annotation)
        if table is not None and table not in seen and not issubclass(table, Place | Angles):
            yield from _tables(_name(path, key, field), table, seen)
    if not path:
        for table, title in WORDED:
            yield from _tables(title, table, seen)


def _kinds(model: type[Kinded]) -> Iterator[str]:
    """What each kind of a table is, with the keys of its own."""
    for word, module in model.modules.items():
        yield f'#### `kind = "{word}"`\n'
        yield f"{_kind_in_words(module)}\n"
        shared = (("needs", getattr(module, "NEEDS", ())), ("may have", getattr(module, "TAKES", ())))
        told = [f"{verb} {', '.join(f'`{key}`' for key in keys)}" for verb, keys in shared if keys]
        if told:
            yield f"It {', and '.join(told)}.\n"
        for record in walk(module.NUMBERS):
            if record is not module.NUMBERS:
                yield f"{inspect.getdoc(record)}\n"
            yield from _keys(record)


def _kind_in_words(module: ModuleType) -> str:
    """The first sentence of a member of a family, without its name."""
    told = (inspect.getdoc(module) or "").splitlines()[0].partition(": ")[2]
    return f"{told[:1].upper()}{told[1:]}"


def _keys(record: Any) -> Iterator[str]:
    """The table of the fields of a record."""
    kinds, needed = kinds_of(record), needed_of(record)
    if not kinds:
        return
    yield "| key | write | default | |\n|---|---|---|---|"
    for key, kind in kinds.items():
        default = "required" if key in needed else in_words(kind, record._field_defaults[key])
        told = _in_a_cell(meaning_of(record, key))
        yield f"| `{key}` | {_in_a_cell(kind.words)} | {default} | {told} |"
    yield ""


def _in_a_cell(text: str) -> str:
    """A description on one line: a line break would end the row."""
    return " ".join(text.split()).replace("|", "\\|")


def _name(path: str, key: str, field: FieldInfo) -> str:
    whole = f"{path.strip('[]')}.{key}" if path else key
    kind = str(field.annotation)
    if "dict" in kind:
        return f"[{whole}.NAME]"
    return f"[[{whole}]]" if "tuple" in kind else f"[{whole}]"


def _write(field: FieldInfo) -> str:
    kind = kind_of(field)
    if kind is not None:
        return _in_a_cell(kind.words)
    table = inner(field.annotation)
    if table is None:
        raise TypeError(f"{field} has no words")
    if issubclass(table, Gain):
        return '`{ vbar = "0.3 m/s", ... }`'
    if issubclass(table, Place):
        return '`{ vbar = "1 m", rbar = "1 m", hbar = "1 m" }`'
    if issubclass(table, Angles):
        return '`{ yaw = "180 deg", ... }`'
    many = str(field.annotation)
    return "tables by name" if "dict" in many else "a list of tables" if "tuple" in many else "a table"


def _default(field: FieldInfo) -> str:
    value = field.default
    if field.is_required() or value is PydanticUndefined:
        return "required"
    if value is None:
        return "none"
    if isinstance(value, Gain):
        return velocity(value)
    if isinstance(value, Place):
        return place(value)
    if isinstance(value, Angles):
        return attitude(value)
    if isinstance(value, BaseModel) or value in ((), "", {}):
        return "as its keys" if isinstance(value, BaseModel) else "none"
    kind = kind_of(field)
    if kind is None or (isinstance(value, tuple) and value[0] == 1e9):
        return "any"
    return in_words(kind, value)


# ---- what can be dispersed and required


def _dispersible() -> str:
    rows = [
        f"| `{path.key}` | {_parts(path.parts, path.slots)} | {_unit(path.unit, path.usual, path.words)} |"
        for path in PATHS.values()
    ]
    beside = [f"| `{kind}` | {', '.join(f'`{word}`' for word in words)} |" for kind, words in BESIDE.items()]
    return "\n".join(
        [
            "### What can be dispersed\n",
            "A part of a key is a key too: `start.vbar`, `sensors.gps.bias.0`; a nozzle and a leg go by their names:\n"
            "`chaser.thrusters.force.FA4`, `gates.delay.parking point`. The columns of the results have these names,\n"
            "and so have those of a table of draws. All nozzles of a branch go by `chaser.thrusters.force.branch.A`.\n",
            "| key | parts | unit |\n|---|---|---|",
            *rows,
            "",
            "| distribution | may stand beside it |\n|---|---|",
            *beside,
            "",
        ]
    )


def _parts(parts: tuple[str, ...], slots: tuple[str, ...]) -> str:
    if slots[0].endswith(EACH):
        return "one a leg" if slots[0].startswith("gates.") else "one a nozzle"
    named = [part for part in parts if part]
    return ", ".join(f"`{part}`" for part in named) if named else "one"


def _unit(unit: str | None, usual: str, words: tuple[str, ...]) -> str:
    if words:
        return ", ".join(f'`"{word}"`' for word in words)
    if unit is None:
        return "`m`, `m/s`"
    return f"`{usual or unit}`" if unit else "a number"


def _requirable() -> str:
    outcomes = ", ".join(f"`{word}`" for word in OUTCOMES)
    rows = [
        f"| `{name}` | {_unit(column.unit, USUAL.get(column.unit, ''), ())} | {column.exists} |"
        for name, column in QUANTITIES.items()
    ]
    return "\n".join(
        [
            "### What can be required\n",
            f"A share of runs that end as: {outcomes}; or in which no rule was broken: `rules_kept`.\n",
            "A limit, in a share of runs, on a result:\n",
            "| result | unit | exists |\n|---|---|---|",
            *rows,
            "| `RULE_margin` | of its kind | where the rule of that name was at stake |",
            *(
                f"| `{name}.NAME`: {column.meaning.format(leg='NAME')} | {_unit(column.unit, '', ())} | "
                "where that leg was entered |"
                for name, column in LOGGED.items()
            ),
            "\nNAME is that of a leg, or `abort`. Over all runs together, at the `legs` named or at every one:\n",
            "| test | holds when |\n|---|---|",
            *(f"| `{name}` | {words} |" for name, words in TESTS.items()),
            "",
        ]
    )


if __name__ == "__main__":
    import sys

    refresh(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/case_file.md"))
