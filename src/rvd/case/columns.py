"""What the column of a name holds, for readers who have a file of results alone."""

from __future__ import annotations

from rvd.core.kernel import Column

from .paths import find_path
from .results import DERIVED, HISTORY, LOGGED, MARGIN, RESULTS


def column(name: str) -> Column:
    """What the column of that name holds: a result, or a number that was drawn. KeyError for another name.

    >>> column("entered.RI").meaning
    'when the leg RI began, from the epoch'
    >>> column("chaser.centre_of_mass.0").meaning
    'drawn: chaser.centre_of_mass, forward: from the body origin, propellant aboard'
    """
    if name in RESULTS:
        return RESULTS[name]
    if name.endswith(MARGIN):
        meaning = f"smallest margin of the rule {name.removesuffix(MARGIN)}, in the unit of its kind"
        return Column("", meaning, "where the rule was watched")
    what, dot, leg = name.partition(".")
    if dot and what in LOGGED:
        return LOGGED[what]._replace(meaning=LOGGED[what].meaning.format(leg=leg))
    path = find_path(name)
    return Column(path.unit or "", f"drawn: {path.told[0].words.replace('{name}', path.name)}")


def history_column(name: str) -> Column:
    """What the column of that name of a flight's history holds. KeyError for another name.

    >>> history_column("on.FA1").meaning
    'on-time of the nozzle FA1 in the step'
    """
    if name.startswith("on."):
        return Column("s", f"on-time of the nozzle {name.removeprefix('on.')} in the step")
    return HISTORY[name] if name in HISTORY else DERIVED[name]
