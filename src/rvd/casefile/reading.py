"""From a case file to a `Case`: read, joined with its parts, spelt out, checked."""

from __future__ import annotations

from pathlib import Path

from .case import Case, checked, leg_names
from .doubts import with_doubts
from .faults import Fault, raise_faults
from .parts import joined, read_source, refuse_others
from .sequence import spelled_out


def load(path: str | Path) -> Case:
    """The case in a file, with the parts that it uses. Raises CaseError, with every fault, for what cannot be flown."""
    own = read_source(Path(path))
    refuse_others(own)
    source, parts = joined(own)
    faults: list[Fault] = []
    sequence = spelled_out(source.raw, source.spots, faults)
    raise_faults(own.path, faults, source.spots, leg_names(source.raw))
    case = checked(with_doubts(sequence.raw, sequence.spots), own.path, sequence.spots)
    case._text, case._parts = own.text, parts
    return case
