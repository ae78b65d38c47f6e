"""What a case says of its campaign in words: what differs from run to run, and what is required."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rvd.case.dispersion import DisperseEntry
from rvd.case.paths import PATHS, find_path

from .in_words import amount, duration, number, share

if TYPE_CHECKING:
    from .case import Case


def dispersions(case: Case, nozzles: Sequence[str] = ()) -> Iterator[str]:
    """A sentence a line of `[disperse]`; `nozzles` are the names of the vehicle's, in the order of its table."""
    for entry in case.disperse:
        yield f"{_by_name(entry.path, nozzles)}: {_distribution(entry)}{_manner(entry)}"
    if case.campaign.draws:
        yield f"what {case.campaign.draws} has a column for: as it is given there, whatever stands above"


def _by_name(path: str, nozzles: Sequence[str]) -> str:
    """A path; one that names a nozzle by its number in the table, by its name."""
    name = find_path(path).name
    numbered = name.isdecimal() and name not in nozzles and path.startswith("chaser.")
    if not numbered or int(name) >= len(nozzles):
        return path
    return f"{path.removesuffix(name)}{nozzles[int(name)]}"


def _distribution(entry: DisperseEntry) -> str:
    if entry.kind == "group":
        path = find_path(entry.path)
        parts = [path.slots.index(slot) for slot in entry.slots]
        sigmas = [
            f"{path.parts[k]} {amount(entry.covariance[i][i] ** 0.5, path.units[k])}"
            for i, k in enumerate(parts)
        ]
        tied = any(entry.covariance[i][j] for i in range(len(parts)) for j in range(i))
        return f"normal together, {', '.join(sigmas)}{', correlated' if tied else ''}"
    if entry.kind == "exponential":
        return f"exponential, {number(3600.0 * entry.numbers[0])} per hour"
    x = [_amount(entry, value) for value in entry.numbers]
    if entry.kind == "normal":
        return f"normal, {x[0]}"
    if entry.kind == "truncated":
        middle = 1.0 if entry.how == "multiply" else 0.0
        return f"normal, {x[0]}, cut at {_amount(entry, entry.numbers[2] - middle)}"
    if entry.kind == "lognormal":
        return f"lognormal, {x[0]}"
    if entry.how == "multiply":
        x = [f"{number(100.0 * (value - 1.0))} %" for value in entry.numbers]
    if entry.kind == "choice":
        words = find_path(entry.path).words
        x = [words[int(value)] for value in entry.numbers] if words else x
        total = sum(entry.weights) or 1.0
        weights = [f" ({share(w / total)})" for w in entry.weights] or [""] * len(x)
        return "one of " + ", ".join(a + b for a, b in zip(x, weights, strict=True))
    if entry.kind == "uniform":
        return f"uniform from {x[0]} to {x[1]}"
    return f"triangular from {x[0]} to {x[2]}, most likely {x[1]}"


def _amount(entry: DisperseEntry, x: float) -> str:
    path = find_path(entry.path)
    if entry.how == "multiply":
        return f"{share(x)} of the nominal"
    return amount(x, path.unit or "")


def _manner(entry: DisperseEntry) -> str:
    path = PATHS.get(entry.path)
    many = path is not None and (len(path.slots) > 1 or path.slots[0].endswith("*")) and entry.kind != "group"
    many = many or find_path(entry.path).of_branch
    words = (" all alike" if entry.common else " each by itself") if many else ""
    return words + (f", the same for {entry.every:,} runs" if entry.every > 1 else "")


def requirements(case: Case) -> Iterator[str]:
    """A sentence a requirement, and on how many runs they are judged."""
    for entry in case.require:
        yield entry.sentence
    if case.passive is not None:
        p = case.passive
        yield (
            f"after lost thrust, drifts of {duration(p.drift)}, {p.attitude}, from {p.in_burn} moments in each burn "
            f"and {p.elsewhere} in every other stretch"
        )
    sampling = {"plain": "", "latin-hypercube": ", a Latin hypercube", "sobol": ", Sobol's sequence"}
    c = case.campaign
    yield f"judged on {c.runs:,} runs of seed {c.seed}{sampling[c.sampling]}"
