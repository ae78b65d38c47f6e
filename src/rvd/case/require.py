"""`[[require]]`: what must hold of a campaign, as plain data in SI; and the columns a requirement may speak of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from rvd.errors import CaseError

from .values import Quantity, brief, did_you_mean, wrong

OUTCOMES = (
    "captured", "left_box", "corridor", "keep_out", "ellipsoid", "speed", "contact", "aborted", "empty", "unfinished",
    "diverged", "lost",
)  # fmt: skip
"""How a flight may end."""

REACHED = "reached"
"""Beside the outcomes, what `of` may be: the runs that came to where a quantity exists."""

ENDED: Mapping[str, str] = {
    "captured": "that were captured",
    "left_box": "that left the capture box",
    "corridor": "that left the corridor",
    "keep_out": "that entered the keep-out sphere",
    "ellipsoid": "that entered the ellipsoid",
    "speed": "that were too fast",
    "contact": "that touched the target",
    "aborted": "that were aborted",
    "empty": "that ran out of propellant",
    "unfinished": "that were unfinished",
    "diverged": "that diverged",
    "lost": "that were lost",
    REACHED: "in which it exists",
}
"""Which runs a requirement judges, in words: by their outcome, or `REACHED`."""

COLUMNS: Mapping[str, str] = {
    "propellant_used": "kg",
    "t_end": "s",
    "closest": "m",
    "corridor_margin": "rad",
    "speed_margin": "m/s",
    "keep_out_margin": "m",
    "ellipsoid_margin": "m",
    "delta_v": "m/s",
    "since": "s",
    "release_distance": "m",
    "release_speed": "m/s",
    "box_distance": "m",
    "box_speed": "m/s",
    "box_angle": "rad",
    "box_rate": "rad/s",
    "error_r": "m",
    "error_v": "m/s",
    "nees": "",
    "nis": "",
    "passive_margin": "m",
    "passive_epoch": "s",
    "passive_margin_first_burn": "m",
    "unsafe_share_first_burn": "",
    "contact_margin": "m",
    "return_margin": "m",
}
"""The results of a run that a limit may be set on, with their units; those of `LOGGED` are more of them."""

REMARKS: Mapping[str, str] = {"passive_margin": "first burns and aborts left out"}
"""What a sentence on a result says beside its name, lest it be taken for more."""

EXISTS: Mapping[str, str] = {
    "corridor_margin": "where the corridor was armed",
    "speed_margin": "within the reach of a speed limit",
    "keep_out_margin": "on a leg that may not enter the sphere",
    "ellipsoid_margin": "on a leg that may not enter the ellipsoid",
    "since": "where the flight ended in free drift",
    "release_distance": "after a release",
    "release_speed": "after a release",
    "box_distance": "after a release",
    "box_speed": "after a release",
    "box_angle": "after a release",
    "box_rate": "after a release",
    "nis": "after a fix",
    "passive_margin": "with moments outside the sphere; first burns and aborts are left out",
    "passive_epoch": "with `passive_margin`",
    "passive_margin_first_burn": "with moments of a first burn",
    "unsafe_share_first_burn": "with moments of a first burn",
    "contact_margin": "with moments of the climb or the free drift",
    "return_margin": "with moments of them inside the sphere",
}
"""Where a result exists, if not in every run: elsewhere it is null."""

LOGGED: Mapping[str, str] = {"entered": "s", "delta_v": "m/s", "nees": "", "nis": "", "numbers": ""}
"""Results logged as a leg is entered, `<column>.<leg>`, with their units."""

LOGGED_WORDS: Mapping[str, str] = {
    "entered": "when the leg of that name began",
    "delta_v": "the velocity gained by all firings before the leg of that name began",
    "nees": "the filter's squared error over its covariance then, of 6 numbers",
    "nis": "the latest fix's squared innovation over its covariance",
    "numbers": "how many numbers that fix had",
}
"""What the results logged as a leg is entered are."""

TESTS: Mapping[str, str] = {
    "nees_consistent": "the mean NEES lies within its chi-square band on entering each leg",
    "nis_consistent": "the mean NIS of the latest fix lies within its chi-square band on entering each leg",
}
"""What is tested over all runs together, at each leg: whether the filter knows its own error."""

PASSIVE = (
    "passive_margin", "passive_epoch", "passive_margin_first_burn", "unsafe_share_first_burn", "contact_margin",
    "return_margin",
)  # fmt: skip
"""The results that only a case with `[passive]` has."""

USUAL = {"rad": "deg", "rad/s": "deg/s"}

KEYS = ("what", "at_least", "at_most", "share", "of", "confidence", "legs")


class Condition(NamedTuple):
    """What holds in a run: an outcome, or a column within limits (SI)."""

    what: str
    at_least: float | None = None
    at_most: float | None = None


class Require(NamedTuple):
    """One requirement, as it is written, limits in SI.

    One condition without `share`: an outcome, in `at_least` or `at_most` a share of runs; one with `share`: a column
    whose limits are `at_least`, `at_most`; several `all_of`: conditions that hold together in `at_least` a share.
    One of `TESTS` has none of these, and the `legs` at which it is made. `of` names the runs that are judged, by an
    outcome or `REACHED`; empty: all, and one without the quantity fails.
    """

    what: str
    at_least: float | None
    at_most: float | None
    share: float | None
    confidence: float
    all_of: tuple[Condition, ...] = ()
    legs: tuple[str, ...] = ()
    of: str = ""


def read_require(value: Any, legs: Sequence[str], si: bool = False) -> Require:
    """One `[[require]]`; `legs` are the names of the legs. Raises CaseError whose key is the one of the table."""
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
        several = _several(value, legs, si, confidence)
        return several._replace(of=_of(value, [condition.what for condition in several.all_of]))
    name = _name(what, legs)
    of = _of(value, [name])
    if name in TESTS:
        return _test(value, name, legs, confidence)
    if "legs" in value:
        raise wrong(f"{name} has no legs", f'write {name}, or what = "nees_consistent"').at(key="legs")
    if name in OUTCOMES:
        return _outcome(value, name, si, confidence)
    return _limit(value, name, si, confidence)._replace(of=of)


def _of(value: Mapping[str, Any], names: Sequence[str]) -> str:
    """Which runs a requirement on these results judges."""
    if "of" not in value:
        return ""
    of, words = value["of"], (REACHED, *OUTCOMES)
    if not isinstance(of, str) or of not in words:
        remedy = did_you_mean(of, words) if isinstance(of, str) else 'write of = "captured"'
        raise wrong(f'{brief(of)} is neither an outcome nor "{REACHED}"', remedy).at(key="of")
    tests = [name for name in names if name in TESTS]
    if tests:
        raise wrong(f"{tests[0]} is made on all runs that entered a leg", "leave out of").at(key="of")
    outcomes = [name for name in names if name in OUTCOMES]
    if outcomes and of in OUTCOMES:
        what = f"{outcomes[0]} holds of all runs {ENDED[of]}, or of none"
        raise wrong(what, "leave out of, or ask for a result alone").at(key="of")
    if len(outcomes) == len(names):
        raise wrong(f"every run has an outcome, {outcomes[0]} or another", "leave out of").at(key="of")
    return of


def _test(value: Mapping[str, Any], name: str, legs: Sequence[str], confidence: float) -> Require:
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
    return Require(name, None, None, None, confidence, (), tuple(asked))


def _outcome(value: Mapping[str, Any], name: str, si: bool, confidence: float) -> Require:
    if "share" in value:
        remedy = f"write at_least = {value['share']} instead"
        raise wrong(f"{name} is an outcome, which has no limit beside its share", remedy).at(key="share")
    sides = [side for side in ("at_least", "at_most") if side in value]
    if len(sides) != 1:
        raise wrong(f"{name} needs one share of runs", "write at_least = 0.9973, or at_most").at(
            key="at_least"
        )
    share = _share(value, sides[0], si)
    if (share == 0.0) if sides[0] == "at_least" else (share == 1.0):
        raise wrong(f"{share:g} of the runs is no requirement", "write at_least = 0.9973").at(key=sides[0])
    return Require(
        name,
        share if sides[0] == "at_least" else None,
        share if sides[0] == "at_most" else None,
        None,
        confidence,
    )


def _limit(value: Mapping[str, Any], name: str, si: bool, confidence: float) -> Require:
    low, high = _limits(value, name, si)
    if "share" not in value:
        remedy = "write share = 0.99, the share of runs within the limit"
        raise wrong(f"a limit on {name} needs a share of runs", remedy).at(key="share")
    share = _share(value, "share", si)
    if share == 0.0:
        raise wrong("none of the runs is no requirement", "write share = 0.99").at(key="share")
    return Require(name, low, high, share, confidence)


def _several(value: Mapping[str, Any], legs: Sequence[str], si: bool, confidence: float) -> Require:
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
    conditions = tuple(_condition(item, legs, si) for item in value["what"])
    return Require("", share, None, None, confidence, conditions)


def _condition(item: Any, legs: Sequence[str], si: bool) -> Condition:
    if not isinstance(item, Mapping):
        name = _name(item, legs)
        if name in TESTS:
            raise wrong(f"{name} holds of all runs together", "write a [[require]] of its own").at(key="what")
        if name not in OUTCOMES:
            remedy = f'write {{ what = "{name}", at_most = "..." }}'
            raise wrong(f"{name} has no limit", remedy).at(key="what")
        return Condition(name)
    for key in item:
        if key not in KEYS[:3]:
            raise wrong(f'"{key}" is not known here', did_you_mean(key, KEYS[:3])).at(key="what")
    name = _name(item.get("what"), legs)
    if name in OUTCOMES:
        raise wrong(f"{name} is an outcome, which has no limit", f'write "{name}" alone').at(key="what")
    if name in TESTS:
        raise wrong(f"{name} holds of all runs together", "write a [[require]] of its own").at(key="what")
    return Condition(name, *_limits(item, name, si))


def _name(what: Any, legs: Sequence[str]) -> str:
    columns = [*COLUMNS, *TESTS, *(f"{column}.{leg}" for column in LOGGED for leg in (*legs, "abort"))]
    if not isinstance(what, str) or not what:
        raise wrong(f"{brief(what)} is no result of a run", 'write what = "captured"').at(key="what")
    if what not in OUTCOMES and what not in columns:
        remedy = did_you_mean(what, [*OUTCOMES, *columns])
        raise wrong(f'"{what}" is neither an outcome nor a result of a run', remedy).at(key="what")
    return what


def unit_of(name: str) -> str:
    """The unit of a column."""
    column, dot, _ = name.partition(".")
    return LOGGED[column] if dot else COLUMNS[name]


def _limits(value: Mapping[str, Any], name: str, si: bool) -> tuple[float | None, float | None]:
    unit = unit_of(name)
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
