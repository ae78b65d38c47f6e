"""A case changed in Python: dotted paths to new values."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from rvd.case.schema import CaseSchema

from .sequence import is_planned


def changed(case: CaseSchema, given: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """What a case is written as, with `values` put at their paths; None takes away. KeyError for no such place."""
    raw = copy.deepcopy(dict(given))
    for path, value in values.items():
        words = _words(path)
        if not _put(raw, words, value):
            raise KeyError(*words)
        if value is None:
            _drop_dispersions(raw, path)
    _keep_times(case, raw)
    return raw


def _keep_times(case: CaseSchema, raw: dict[str, Any]) -> None:
    """A leg whose new law does not tell how long it takes may last as long as it might before."""
    before = {leg.name: leg.at_most for leg in case.leg}
    legs = raw.get("leg")
    for leg in legs if isinstance(legs, list) else ():
        if isinstance(leg, dict) and "at_most" not in leg and not is_planned(leg.get("law")):
            if leg.get("name") in before:
                leg["at_most"] = before[leg["name"]]


def _words(path: str) -> list[str]:
    """The keys of a path; the rest of one into `[disperse]` is one key."""
    head, _, rest = path.partition(".")
    return [head, rest] if head == "disperse" and rest else path.split(".")


def _put(raw: dict[str, Any], words: list[str], value: Any) -> bool:
    """Puts a value into nested tables and lists; False where the way does not exist."""
    here: Any = raw
    for word in words[:-1]:
        if isinstance(here, list):
            k = _index(here, word)
            if k is None:
                return False
            here = here[k]
        elif isinstance(here, dict):
            here = here.setdefault(word, {})
        else:
            return False
    last = words[-1]
    if isinstance(here, list):
        k = _index(here, last)
        if k is None:
            return False
        if value is None:
            del here[k]
        else:
            here[k] = _plain(value)
        return True
    if not isinstance(here, dict):
        return False
    if value is None:
        here.pop(last, None)
    else:
        here[last] = _plain(value)
    return True


def _index(here: list[Any], word: str) -> int | None:
    """The number of an element, given by its number or its name."""
    if word.isdecimal():
        return int(word) if int(word) < len(here) else None
    names = [entry.get("name") if isinstance(entry, dict) else None for entry in here]
    return names.index(word) if word in names else None


def _plain(value: Any) -> Any:
    """A value as TOML would hold it: tuples as lists, NumPy's numbers as Python's."""
    if isinstance(value, Mapping):
        return {str(key): _plain(x) for key, x in value.items()}
    is_instant = str(getattr(value, "dtype", "")).startswith("datetime64")
    if hasattr(value, "tolist") and not is_instant:
        return _plain(value.tolist())
    if isinstance(value, list | tuple):
        return [_plain(x) for x in value]
    return value


def _drop_dispersions(raw: dict[str, Any], path: str) -> None:
    """What is no more is not dispersed either."""
    lines = raw.get("disperse", {})
    for key in [key for key in lines if key == path or key.startswith(f"{path}.")]:
        del lines[key]
