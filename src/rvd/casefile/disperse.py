"""`[disperse]`: what differs from run to run, as plain data in SI.

A line names a key of the plan and a distribution. A normal in the key's unit is added to the nominal value; a
percentage multiplies it; uniform, triangular and choice are values put in its place (as percentages they multiply), and
so is the time until something comes by a rate.
A group draws the parts of one key together, from standard deviations and correlations or from a covariance matrix.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path as File
from typing import Any

from rvd.case.dispersion import BESIDE, KINDS, DisperseEntry
from rvd.case.paths import Path, find_path
from rvd.case.table import FOREVER
from rvd.case.values import Quantity, brief, did_you_mean, wrong
from rvd.errors import CaseError
from rvd.units import SHARES, quantity

from .covariance import read_covariance

NARROW = 1e-6
"""Sigmas: a normal cut nearer than that is a uniform, and its quantiles are lost in rounding."""


def read_entry(key: str, value: Any, si: bool = False, folder: File | None = None) -> DisperseEntry:
    """One line of `[disperse]`. Raises CaseError without a place. `si`: bare numbers are SI.

    `folder` is the one from which a covariance in a file is named.
    """
    path = find_path(key)
    if not isinstance(value, Mapping):
        raise wrong(f"{brief(value)} stands where a distribution belongs", f"write {_show(path, value)}")
    kinds = [kind for kind in KINDS if kind in value]
    if len(kinds) != 1:
        strange = [word for word in value if word not in KINDS and word not in sum(BESIDE.values(), ())]
        if strange and not kinds:
            by_rate = path.words and "rate" in value
            remedy = _show_by_rate(path) if by_rate else did_you_mean(strange[0], KINDS)
            raise wrong(f'"{strange[0]}" is no distribution', remedy)
        have = " and ".join(kinds) or "no distribution"
        raise wrong(f"{have} given where one distribution belongs", f"write {_show(path)}")
    kind = kinds[0]
    for word in value:
        if word != kind and word not in BESIDE[kind]:
            raise wrong(f'"{word}" does not belong beside {kind}', did_you_mean(word, BESIDE[kind]))
    every, common = value.get("every", 1), value.get("common", False)
    if isinstance(every, bool) or not isinstance(every, int) or not 1 <= every <= 10**9:
        raise wrong(f"every = {brief(every)} is no number of runs", "write every = 100")
    if not isinstance(common, bool):
        raise wrong(f"common = {brief(common)} is neither true nor false", "write common = true")
    if path.of_branch:
        if value.get("common") is False:
            raise wrong("the nozzles of a branch have one value", "remove common, or name the nozzles")
        common = True
    if kind == "covariance" and isinstance(value[kind], str):
        value = _from_file(path, value, folder or File())
    entry = _READERS[kind](path, value, si)
    return entry._replace(every=every, common=common)


# ---- one reader a distribution


def _normal(path: Path, value: Mapping[str, Any], si: bool) -> DisperseEntry:
    sigma, relative = _amount(path, value["normal"], si)
    how = "multiply" if relative else "add"
    if sigma < 0.0:
        raise wrong("a standard deviation is not negative", f"write {_show(path)}")
    if "within" not in value:
        return _entry(path, "normal", (sigma,), how)
    within, share = _amount(path, value["within"], si)
    if share != relative:
        raise wrong("normal and within are one a percentage, the other not", "write both the same way")
    if not within > 0.0 or not sigma > 0.0:
        raise wrong("a truncated normal has a positive sigma and a positive bound", "write both as positive")
    middle = 1.0 if relative else 0.0
    if within < NARROW * sigma or not middle - within < middle + within:
        raise wrong("the bound leaves nothing of the normal", "write within as a share of sigma, or more")
    return _entry(path, "truncated", (sigma, middle - within, middle + within), how)


def _uniform(path: Path, value: Mapping[str, Any], si: bool) -> DisperseEntry:
    numbers, how = _span(path, value["uniform"], ("low", "high"), si)
    if not numbers[0] < numbers[1]:
        raise wrong("the bounds are not in ascending order", "write [low, high]")
    return _entry(path, "uniform", numbers, how)


def _triangular(path: Path, value: Mapping[str, Any], si: bool) -> DisperseEntry:
    numbers, how = _span(path, value["triangular"], ("low", "most likely", "high"), si)
    if not (numbers[0] <= numbers[1] <= numbers[2] and numbers[0] < numbers[2]):
        raise wrong("the numbers are not in ascending order", "write [low, most likely, high]")
    return _entry(path, "triangular", numbers, how)


def _lognormal(path: Path, value: Mapping[str, Any], si: bool) -> DisperseEntry:
    sigma, _ = _amount(path._replace(kinds=(Quantity(""),)), value["lognormal"], si)
    if not sigma >= 0.0:
        raise wrong("a standard deviation is not negative", 'write { lognormal = "40 %" }')
    if sigma > 10.0:  # exp(10 z) covers 26 decades between plus and minus three sigmas
        raise wrong("the logarithm's standard deviation is beyond 10", 'write { lognormal = "40 %" }')
    return _entry(path, "lognormal", (sigma,), "multiply")


def _exponential(path: Path, value: Mapping[str, Any], si: bool) -> DisperseEntry:
    if path.words or path.unit != "s":
        what = f"{path.key} is no time, and exponential is the time until something comes"
        raise wrong(what, _show_by_rate(path))
    _not_a_time(value["exponential"])
    rate = Quantity("1/s", "1/h", above=0.0).read(value["exponential"], si)
    if not rate * FOREVER > 1.0:
        raise wrong("by so small a rate nothing ever comes", "remove the line, or write more")
    return _entry(path, "exponential", (rate,), "put")


def _not_a_time(given: Any) -> None:
    """Raises CaseError, with the rate in its remedy, where the mean time is given instead."""
    mean = 0.0
    with contextlib.suppress(CaseError):
        mean = quantity(given, "s") if isinstance(given, str) else 0.0
    if mean > 0.0:
        remedy = f'once in so long is {{ exponential = "{3600.0 / mean:.3g} 1/h" }}'
        raise wrong(f"{brief(given)} is a time, not a rate", remedy)


def _choice(path: Path, value: Mapping[str, Any], si: bool) -> DisperseEntry:
    values, weights = value["choice"], value.get("weights", [])
    if not isinstance(values, list | tuple) or not values:
        raise wrong(f"{brief(values)} is no list of values", "write { choice = [ ..., ... ] }")
    if path.words:
        numbers, how = tuple(_word(path, x) for x in values), "put"
    else:
        numbers, how = _span(path, values, ("value",) * len(values), si)
    if not isinstance(weights, list | tuple) or (weights and len(weights) != len(values)):
        raise wrong(f"{len(values)} values need as many weights", "write one weight for each value")
    read = tuple(Quantity("", least=0.0).read(w, si) for w in weights)
    if read and not any(weight > 0.0 for weight in read):
        raise wrong("all weights are zero", "give one value a positive weight")
    return _entry(path, "choice", numbers, how)._replace(weights=read)


def _sigma(path: Path, value: Mapping[str, Any], si: bool) -> DisperseEntry:
    sigmas = value["sigma"]
    if not isinstance(sigmas, Mapping) or not sigmas:
        raise wrong(f"{brief(sigmas)} is no table of standard deviations", f"write {_show(path)}")
    parts = [_part(path, word) for word in sigmas]
    found = [_amount(path.only(k), x, si) for k, x in zip(parts, sigmas.values(), strict=True)]
    if any(relative for _, relative in found):
        raise wrong("a group is not drawn in percent", "write each sigma with its unit")
    if any(sigma < 0.0 for sigma, _ in found):
        raise wrong("a standard deviation is not negative", "write each sigma as positive")
    correlation = _correlation(list(sigmas), value.get("correlation", []), si)
    s = [sigma for sigma, _ in found]
    covariance = [[s[i] * correlation[i][j] * s[j] for j in range(len(s))] for i in range(len(s))]
    return _group(path, parts, covariance)


def _from_file(path: Path, value: Mapping[str, Any], folder: File) -> dict[str, Any]:
    """The line with the covariance that its file holds, in SI."""
    if "order" in value:
        raise wrong("the first line of the file gives the order", "remove order")
    found = read_covariance(path, folder, value["covariance"])
    return {**value, "covariance": found.rows, "order": found.order}


def _covariance(path: Path, value: Mapping[str, Any], si: bool) -> DisperseEntry:
    rows, order = value["covariance"], value.get("order", [part for part in path.parts if part])
    if not isinstance(order, list | tuple) or not order:
        raise wrong(f"{brief(order)} is no list of parts", f"write order = {list(path.parts)}")
    parts, n = [_part(path, word) for word in order], len(order)
    if len(set(parts)) != n:
        raise wrong("order names a part twice", "name each part once")
    if (
        not isinstance(rows, list | tuple)
        or len(rows) != n
        or any(not isinstance(row, list | tuple) or len(row) != n for row in rows)
    ):
        remedy = f"write one row for each of {', '.join(map(str, order))}, in SI units, or name a table: "
        raise wrong(f"the covariance is not {n} by {n}", remedy + 'covariance = "covariance.csv"')
    units = [path.units[part] for part in parts]
    numbers = [
        [_element_of(x, f"{units[i]} {units[j]}".strip(), si) for j, x in enumerate(row)]
        for i, row in enumerate(rows)
    ]
    return _group(path, parts, numbers)


def _element_of(value: Any, unit: str, si: bool) -> float:
    """An element of a covariance: in SI, or with its unit."""
    if isinstance(value, str) and unit:
        with contextlib.suppress(ValueError):
            return Quantity("").read(float(value), si)
        return Quantity(unit).read(value, si)
    return Quantity("").read(value, si)


_READERS = {
    "normal": _normal,
    "uniform": _uniform,
    "triangular": _triangular,
    "lognormal": _lognormal,
    "exponential": _exponential,
    "choice": _choice,
    "sigma": _sigma,
    "covariance": _covariance,
}


# ---- their parts


def _entry(path: Path, kind: str, numbers: Sequence[float], how: str) -> DisperseEntry:
    if path.words and kind != "choice":
        raise wrong(f"{path.key} is one of {', '.join(path.words)}", f"write {_show(path)}")
    return DisperseEntry(path.key, path.slots, kind, tuple(numbers), how)


def _group(path: Path, parts: list[int], covariance: list[list[float]]) -> DisperseEntry:
    import numpy as np

    from rvd.core.algebra.dense import is_positive

    matrix = np.asarray(covariance, dtype=float)
    variances = matrix[range(len(matrix)), range(len(matrix))]
    scale = np.sqrt(np.abs(variances))
    unit = np.where(scale > 0.0, scale, 1.0)
    with np.errstate(over="ignore", invalid="ignore"):
        normal = matrix / unit[:, None] / unit[None, :]
    if not np.isfinite(normal).all() or not np.all(np.abs(normal - normal.T) <= 1e-12):
        raise wrong("the covariance is not symmetric", "write the same number on both sides of the diagonal")
    if (variances < 0.0).any() or not is_positive(normal, 1e-9):
        raise wrong("the covariance has a negative variance in some direction", "weaken the correlations")
    slots = tuple(path.slots[k] for k in parts)
    rows = tuple(tuple(float(x) for x in row) for row in covariance)
    return DisperseEntry(path.key, slots, "group", (), "add", covariance=rows)


def _correlation(words: list[str], given: Any, si: bool) -> list[list[float]]:
    matrix = [[float(i == j) for j in range(len(words))] for i in range(len(words))]
    show = f'write correlation = [["{words[0]}", "{words[-1]}", -0.5]]'
    if not isinstance(given, list | tuple):
        raise wrong(f"{brief(given)} is no list of correlations", show)
    for entry in given:
        if not isinstance(entry, list | tuple) or len(entry) != 3:
            raise wrong(f"{brief(entry)} is no correlation", show)
        first, second, value = entry
        for word in (first, second):
            if word not in words:
                raise wrong(f"{brief(word)} has no sigma to correlate", did_you_mean(str(word), words))
        i, j = words.index(first), words.index(second)
        if i == j:
            raise wrong(f'"{first}" is correlated with itself', "name two parts")
        matrix[i][j] = matrix[j][i] = Quantity("", least=-1.0, most=1.0).read(value, si)
    return matrix


def _part(path: Path, word: Any) -> int:
    parts = [part for part in path.parts if part]
    if word not in parts:
        if not parts:
            raise wrong(f"{path.key} has no parts to draw together", f"write {_show(path)}")
        raise wrong(f'"{word}" is no part of {path.key}', did_you_mean(str(word), parts))
    return path.parts.index(word)


def _amount(path: Path, value: Any, si: bool) -> tuple[float, bool]:
    """A number in the path's unit, or a share of the nominal value (True)."""
    if isinstance(value, str) and value.split() and value.split()[-1].lstrip("0123456789.eE+-") in SHARES:
        return quantity(value, ""), True
    if path.unit is None:
        raise wrong(f"{path.key} has parts of different units", f"write {_show(path)}")
    return Quantity(path.unit, path.usual).read(value, si), False


def _span(path: Path, value: Any, names: Sequence[str], si: bool) -> tuple[tuple[float, ...], str]:
    if not isinstance(value, list | tuple) or len(value) != len(names):
        raise wrong(f"{brief(value)} is not a list of {len(names)}", f"write [{', '.join(names)}]")
    found = [_amount(path, x, si) for x in value]
    if len({relative for _, relative in found}) > 1:
        raise wrong("some numbers are percentages, others are not", "write all the same way")
    relative = found[0][1]
    if relative and all(
        isinstance(kind, Quantity) and not kind.unit and kind.most == 1.0 for kind in path.kinds
    ):
        # "60 %" of a share is read by people as 0.6, and by the rule of percentages as 1.6 times the plan's.
        what = f"{path.key} is a share, and a percentage would multiply the plan's"
        raise wrong(what, f"write the share itself, as {found[0][0]:g}")
    return tuple((1.0 + x) if relative else x for x, _ in found), ("multiply" if relative else "put")


def _word(path: Path, value: Any) -> float:
    if not isinstance(value, str) or value not in path.words:
        raise wrong(f"{brief(value)} is not what {path.key} can be", did_you_mean(str(value), path.words))
    return float(path.words.index(value))


def _show_by_rate(path: Path) -> str:
    """How a fault is drawn by its rate, for who writes that of its kind; of another key a line that would be right."""
    if not path.words or ".fault" not in path.key:
        return f"write {_show(path)}"
    since = path.key.replace(".fault", ".fault_since", 1)
    return f'draw when it begins: "{since}" = {{ exponential = "1e-4 1/h" }}'


def _show(path: Path, value: Any = None) -> str:
    """A line that would be right, with the amount that was written alone where it is one."""
    if path.words:
        return f'{{ choice = ["{path.words[0]}", "{path.words[1]}"], weights = [0.99, 0.01] }}'
    if path.unit is None:
        return '{ sigma = { vbar = "20 m", vbar_rate = "0.02 m/s" } }'
    amount = f'"1 {path.usual or path.unit}"' if path.unit else '"1 %"'
    if isinstance(value, str):
        with contextlib.suppress(CaseError):
            _amount(path, value, si=False)
            amount = f'"{value}"'
    return f"{{ normal = {amount} }}"
