"""`[[require]]` as a file has it: read into what must hold of a campaign, in SI."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from rvd.case.requirement import ENDED, EXISTS, KEPT, OUTCOMES, TESTS, USUAL, Condition, Requirement, unit_of
from rvd.case.results import LOGGED, QUANTITIES
from rvd.case.values import Quantity, brief, did_you_mean, wrong
from rvd.errors import CaseError


class Known(NamedTuple):
    """What a requirement may name beside the results that every case has."""

    #: The names of the legs.
    legs: Sequence[str]
    #: The margins of the rules, by the names of their columns, and their units (SI).
    margins: Mapping[str, str]

    def unit(self, name: str) -> str:
        """The unit (SI) of a result."""
        return self.margins[name] if name in self.margins else unit_of(name)


KEYS = ("what", "at_least", "at_most", "share", "of", "confidence", "legs")


def read_require(value: Any, known: Known, si: bool = False) -> Requirement:
    """One `[[require]]`, which may name what is known. Raises CaseError whose key is the one of the table."""
    legs = known.legs
    if not isinstance(value, Mapping):
        raise wrong(
            f"{brief(value)} stands where a requirement belongs", 'write [[require]] and what = "captured"'
        )
    for key in value:
        if key not in KEYS:
            raise wrong("the key is not known", did_you_mean(key, KEYS)).at(key=key)
    if "what" not in value:
        raise wrong("what is required is missing", 'write what = "captured"').at(key="what")
    what = value["what"]
    usual = 0.95 if isinstance(what, str) and what in TESTS else 0.90
    confidence = _share(value, "confidence", si) if "confidence" in value else usual
    if not 0.0 < confidence < 1.0:
        raise wrong(f"a confidence lies between 0 and 1, not {confidence:g}", "write 0.90").at(
            key="confidence"
        )
    if isinstance(what, list | tuple):
        several = _several(value, known, si, confidence)
        return replace(several, of=_of(value, [condition.what for condition in several.all_of]))
    name = _name(what, known)
    of = _of(value, [name])
    if name in TESTS:
        return _test(value, name, legs, confidence)
    if "legs" in value:
        raise wrong(f"{name} has no legs", f'write {name}, or what = "nees_consistent"').at(key="legs")
    if name in (*OUTCOMES, *KEPT):
        return _outcome(value, name, si, confidence)
    return replace(_limit(value, name, known, si, confidence), of=of)


def _of(value: Mapping[str, Any], names: Sequence[str]) -> str:
    """Which runs a requirement on these results judges."""
    if "of" not in value:
        return ""
    of, words = value["of"], (EXISTS, *OUTCOMES)
    if not isinstance(of, str) or of not in words:
        remedy = did_you_mean(of, words) if isinstance(of, str) else 'write of = "captured"'
        raise wrong(f'{brief(of)} is neither an outcome nor "{EXISTS}"', remedy).at(key="of")
    tests = [name for name in names if name in TESTS]
    if tests:
        raise wrong(f"{tests[0]} is made on all runs that entered a leg", "leave out of").at(key="of")
    outcomes = [name for name in names if name in OUTCOMES]
    if outcomes and of in OUTCOMES:
        what = f"{outcomes[0]} holds of all runs {ENDED[of]}, or of none"
        raise wrong(what, "leave out of, or ask for a result alone").at(key="of")
    kept = [name for name in names if name in KEPT]
    if kept and len(kept) + len(outcomes) == len(names):
        raise wrong(f"{kept[0]} is judged on all runs", "leave out of").at(key="of")
    if len(outcomes) == len(names):
        raise wrong(f"every run has an outcome, {outcomes[0]} or another", "leave out of").at(key="of")
    return of


def _test(value: Mapping[str, Any], name: str, legs: Sequence[str], confidence: float) -> Requirement:
    for key in ("at_least", "at_most", "share"):
        if key in value:
            raise wrong(f"{name} has no limit of its own", "write its confidence alone").at(key=key)
    asked = value.get("legs", legs)
    if isinstance(asked, str) or not isinstance(asked, list | tuple) or not asked:
        raise wrong(f"{brief(asked)} is no list of legs", f'write ["{legs[0]}"], or leave it out').at(
            key="legs"
        )
    for leg in asked:
        if leg not in legs:
            raise wrong(f"{brief(leg)} is no leg", did_you_mean(str(leg), legs)).at(key="legs")
    return Requirement(name, confidence=confidence, legs=tuple(asked))


def _outcome(value: Mapping[str, Any], name: str, si: bool, confidence: float) -> Requirement:
    if "share" in value:
        remedy = f"write at_least = {value['share']} instead"
        what = "an outcome" if name in OUTCOMES else "true or not"
        raise wrong(f"{name} is {what}, which has no limit beside its share", remedy).at(key="share")
    sides = [side for side in ("at_least", "at_most") if side in value]
    if len(sides) != 1:
        raise wrong(f"{name} needs one share of runs", "write at_least = 0.9973, or at_most").at(
            key="at_least"
        )
    share = _share(value, sides[0], si)
    if (share == 0.0) if sides[0] == "at_least" else (share == 1.0):
        raise wrong(f"{share:g} of the runs is no requirement", "write at_least = 0.9973").at(key=sides[0])
    low, high = (share, None) if sides[0] == "at_least" else (None, share)
    return Requirement(name, low, high, confidence=confidence)


def _limit(value: Mapping[str, Any], name: str, known: Known, si: bool, confidence: float) -> Requirement:
    low, high = _limits(value, name, known, si)
    if "share" not in value:
        remedy = "write share = 0.99, the share of runs within the limit"
        raise wrong(f"a limit on {name} needs a share of runs", remedy).at(key="share")
    share = _share(value, "share", si)
    if share == 0.0:
        raise wrong("none of the runs is no requirement", "write share = 0.99").at(key="share")
    return Requirement(name, low, high, share, confidence, unit=known.unit(name))


def _several(value: Mapping[str, Any], known: Known, si: bool, confidence: float) -> Requirement:
    for key in ("share", "at_most"):
        if key in value:
            raise wrong("conditions that hold together have one share", "write at_least = 0.99").at(key=key)
    if not value["what"]:
        raise wrong("the list of conditions is empty", 'write what = "captured"').at(key="what")
    if "at_least" not in value:
        raise wrong("conditions that hold together need a share of runs", "write at_least = 0.99").at(
            key="at_least"
        )
    share = _share(value, "at_least", si)
    if share == 0.0:
        raise wrong("none of the runs is no requirement", "write at_least = 0.99").at(key="at_least")
    conditions = tuple(_condition(item, known, si) for item in value["what"])
    return Requirement(at_least=share, confidence=confidence, all_of=conditions)


def _condition(item: Any, known: Known, si: bool) -> Condition:
    if not isinstance(item, Mapping):
        name = _name(item, known)
        if name in TESTS:
            raise wrong(f"{name} holds of all runs together", "write a [[require]] of its own").at(key="what")
        if name not in (*OUTCOMES, *KEPT):
            remedy = f'write {{ what = "{name}", at_most = "..." }}'
            raise wrong(f"{name} has no limit", remedy).at(key="what")
        return Condition(name)
    for key in item:
        if key not in KEYS[:3]:
            raise wrong(f'"{key}" is not known here', did_you_mean(key, KEYS[:3])).at(key="what")
    name = _name(item.get("what"), known)
    if name in (*OUTCOMES, *KEPT):
        what = "an outcome" if name in OUTCOMES else "true or not"
        raise wrong(f"{name} is {what}, which has no limit", f'write "{name}" alone').at(key="what")
    if name in TESTS:
        raise wrong(f"{name} holds of all runs together", "write a [[require]] of its own").at(key="what")
    return Condition(name, *_limits(item, name, known, si), known.unit(name))


def _name(what: Any, known: Known) -> str:
    logged = (f"{column}.{leg}" for column in LOGGED for leg in (*known.legs, "abort"))
    columns = [*QUANTITIES, *known.margins, *KEPT, *TESTS, *logged]
    if not isinstance(what, str) or not what:
        raise wrong(f"{brief(what)} is no result of a run", 'write what = "captured"').at(key="what")
    if what not in OUTCOMES and what not in columns:
        remedy = did_you_mean(what, [*OUTCOMES, *columns])
        raise wrong(f'"{what}" is neither an outcome nor a result of a run', remedy).at(key="what")
    return what


def _limits(value: Mapping[str, Any], name: str, known: Known, si: bool) -> tuple[float | None, float | None]:
    unit = known.unit(name)
    found: dict[str, float | None] = {"at_least": None, "at_most": None}
    for side in found:
        if side in value:
            found[side] = _read(value, side, Quantity(unit, USUAL.get(unit, "")), si)
    low, high = found["at_least"], found["at_most"]
    if low is None and high is None:
        raise wrong(f"{name} has no limit", f'write at_most = "1 {USUAL.get(unit, unit)}"').at(key="at_most")
    if low is not None and high is not None and not low <= high:
        raise wrong("at_least is more than at_most", "no run can hold both; exchange them").at(key="at_least")
    return low, high


def _share(value: Mapping[str, Any], key: str, si: bool) -> float:
    return _read(value, key, Quantity("", least=0.0, most=1.0), si)


def _read(value: Mapping[str, Any], key: str, kind: Quantity, si: bool) -> float:
    try:
        return kind.read(value[key], si)
    except CaseError as error:
        raise error.at(key=key) from None
