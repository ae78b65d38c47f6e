"""The keys of a case that its sentences leave out: those the file gives, and those it leaves to the defaults."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from rvd.case.table import Angles, Place, Table, kind_of

from .spoken import spoken

if TYPE_CHECKING:
    from .case import Case

SAID = {
    "": ("schema", "title", "source", "epoch", "limit", "disperse", "require", "leg"),
    "target": ("name", "altitude", "inclination", "mass", "points"),
    "chaser": ("name", "mass", "propellant", "thrusters", "centre_of_mass", "tank", "grapple"),
    "start": ("vbar", "rbar", "hbar", "vbar_rate", "rbar_rate", "hbar_rate", "known_within"),
    "sensors": ("noise",),
    "sensors.gps": (
        "position",
        "velocity",
        "period",
        "out_since",
        "out_until",
        "dropout",
        "latency",
        "time_bias",
        "multipath",
        "blocked_within",
    ),
    "sensors.laser": (
        "where",
        "range",
        "angle",
        "field",
        "within",
        "beyond",
        "period",
        "out_since",
        "out_until",
        "dropout",
        "latency",
        "time_bias",
        "sun_exclusion",
    ),
    "sensors.star_tracker": (
        "cross",
        "roll",
        "period",
        "out_since",
        "out_until",
        "dropout",
        "latency",
        "time_bias",
        "sun_exclusion",
    ),
    "sensors.gyro": ("walk",),
    "sensors.accelerometer": ("walk",),
}
"""Keys that `say` puts into sentences, table by table, whether given or not."""

SENTENCES = ("abort", "monitors", "rules", "capture", "passive", "campaign")
"""Tables of which every key is in a sentence."""


class Listed(NamedTuple):
    """One key: its table, its name, its value in words, and whether the file gives it."""

    table: str
    key: str
    words: str
    given: bool


def others(case: Case) -> Iterator[str]:
    """A line a table: the keys given that no sentence holds."""
    lines: dict[str, list[str]] = {}
    for item in _unsaid(case):
        if item.given:
            lines.setdefault(item.table, []).append(f"{item.key} {item.words}")
    for table, words in lines.items():
        yield f"{table}: {'; '.join(words)}"


def defaults(case: Case) -> Iterator[str]:
    """A line a key: those the file leaves to the schema, in sentences or not."""
    for item in _walk("", case, everything=True):
        if not item.given:
            yield f"{item.table}.{item.key} = {item.words}".lstrip(".")


def _unsaid(case: Case) -> Iterator[Listed]:
    return _walk("", case, everything=False)


def _walk(path: str, table: Table, everything: bool) -> Iterator[Listed]:
    for name, field in type(table).model_fields.items():
        key, value = field.alias or name, getattr(table, name)
        here = f"{path}.{key}".lstrip(".")
        if not everything and (key in SAID.get(path, ()) or here in SENTENCES):
            continue
        for inside, one in _tables(here, value):
            yield from _walk(inside, one, everything)
        kind = kind_of(field)
        if (
            kind is not None
            and value is not None
            and value not in ((), "")
            and key not in ("disperse", "require")
        ):
            yield Listed(path, key, spoken(kind, value), name in table.model_fields_set)


def _tables(path: str, value: Any) -> Iterator[tuple[str, Table]]:
    """The tables in a value, but for places and attitudes, and for legs, whose sentences mark their defaults."""
    if isinstance(value, dict):
        yield from ((f"{path}.{name}", one) for name, one in value.items())
    elif isinstance(value, Table) and not isinstance(value, Place | Angles):
        yield path, value
