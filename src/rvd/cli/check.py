"""`rvd check`: a case read, converted and said back in words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from rvd.case.values import brief

from .options import case_argument, json_option, trust_option
from .output import say, say_json
from .progress import telling

if TYPE_CHECKING:
    from rvd.assembly.told import Exact
    from rvd.casefile import Case
    from rvd.errors import CaseError
    from rvd.montecarlo.mission import Mission
    from rvd.reporting.grid import Grid


@click.command("check")
@case_argument
@click.option("--wrench", is_flag=True, help="Say too how hard each set of nozzles can push and turn.")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="With --wrench: draw it into this folder."
)
@click.option(
    "--fly/--no-fly",
    default=None,
    help="Fly the nominal flight too, and say how it ends [default: where that compiles nothing].",
)
@click.option("--where", is_flag=True, help="Say of every key which file and line it comes from.")
@trust_option
@json_option
def command(
    case: Path, wrench: bool, out: Path | None, fly: bool | None, where: bool, trust: bool, as_json: bool
) -> int:
    """Read CASE, say every mistake in it, or say it back in words with its defaults.

    What is said back is what will be flown: a wrong sign is seen before it flies. Remarks name what will not work in
    the plan, as far as it can be seen without a flight; they leave the exit code 0.
    """
    if out is not None and not wrench:
        raise click.UsageError("--out is where --wrench draws: give both.")
    with telling("check", as_json):
        import numba

        from rvd import casefile as cases
        from rvd.assembly.remarks import remarks
        from rvd.assembly.told import in_lines, told_exactly
        from rvd.core.flight.scalar import fly as driver
        from rvd.montecarlo.draws import drawn_slots
        from rvd.montecarlo.mission import Mission

        read = cases.load(case)
        mission = Mission(
            read, trust
        )  # the tables it names are read and the nozzles allotted, as for a flight
        found = [read.error(*remark) for remark in remarks(read)]
        names = mission.built.names
        told = told_exactly(mission.built, [names[slot] for slot in drawn_slots(mission.plan.draws)])
        summary = _wrench(read, out) if wrench else None
        # Without the compiler a flight takes an hour, and nobody has asked for it.
        ready = driver.is_compiled() and not numba.config.DISABLE_JIT  # type: ignore[attr-defined]
        ended = nominal_end(mission) if fly or (fly is None and ready) else None
    if as_json:
        record = as_record(case, read, found, ended, summary)
        record |= {"told_exactly": [*map(as_told, told)], "branches": dict(mission.built.branches)}
        say_json(record | ({"where": [one._asdict() for one in origins(read)]} if where else {}))
        return 0
    say(cases.say(read, mission.built.nozzle_names, mission.built.branches))
    say("\n".join(["\nTold exactly", *(f"  {line}" for line in in_lines(told))]))
    if summary is not None:
        say("\n" + summary.text())
    if where:
        say("\n".join(["\nWhere each key stands", *(f"  {one.text}" for one in origins(read))]))
    if found:
        say("\n".join(["\nRemarks", *(f"  {remark}" for remark in found)]))
    if ended is not None:
        say(f"\nThe nominal flight: {ended['sentence']}")
        if ended["broken"] is not None:
            from rvd.reporting.write import capitalised

            say(capitalised(ended["broken"]))
    elif fly is None:
        say(NOT_FLOWN)
    return 0


class Origin(NamedTuple):
    """A key of a case: what is written, and where."""

    key: str
    value: str
    file: str
    line: int

    @property
    def text(self) -> str:
        """In words."""
        return f"{self.file}:{self.line}: {self.key} = {self.value}"


def origins(read: Case) -> list[Origin]:
    """Every key that the case or its parts give, by file and line."""
    found = [Origin(key, brief(value), str(spot.file), spot.line) for key, value, spot in read.origins]
    return sorted(found, key=lambda one: (one.file != str(read.path), one.file, one.line))


NOT_FLOWN = """
The nominal flight was not flown: the flight is not compiled yet. `rvd check --fly` compiles it, once, in one to three
minutes, and flies it in a second; `rvd warmup` compiles it too."""


def nominal_end(mission: Mission) -> dict[str, Any]:
    """How the nominal flight ends: the outcome by name, when (s), in which leg, and a sentence; and what it broke."""
    from rvd.assembly.flyer import Flyer, named_of

    built = mission.built
    # Without the day of drift from each moment that a campaign adds.
    flyer = Flyer(built.setup, built.leg_names, built.names, laws=built.laws, named=named_of(mission.case))
    seed = mission.case.campaign.seed
    flight = flyer.flight(built.row, seed, 0, every=60)
    names = (*built.leg_names, "abort")
    leg = names[min(int(flight.tally.leg), len(names) - 1)]
    where = f'after {flight.tally.t_end / 60.0:.0f} min in "{leg}"'
    how = f"{flight.outcome.sentence}, {where}" if flight.why is None else flight.why.sentence
    sentence = f"{how}, with {flight.tally.used:.0f} kg of propellant used"
    broken = None if flight.broken is None else flight.broken.sentence
    return {
        "outcome": flight.outcome,
        "t_end": flight.tally.t_end,
        "leg": leg,
        "sentence": sentence,
        "broken": broken,
    }


def as_record(
    case: Path, read: Case, found: list[CaseError], ended: dict[str, Any] | None, summary: Grid | None
) -> dict[str, Any]:
    """What a machine reads of a case."""
    record: dict[str, Any] = {"case": case, "values": read.model_dump(mode="json", by_alias=True)}
    record["remarks"] = [
        {"line": remark.line or None, "key": remark.key, "what": remark.what, "remedy": remark.remedy}
        for remark in found
    ]
    record["nominal"] = ended
    if summary is not None:
        record["wrench"] = summary.records
    return record


def as_told(one: Exact) -> dict[str, Any]:
    """What a machine reads of a number that is told exactly; `path` is null where `[disperse]` draws none."""
    return {"key": one.place, "value": one.words, "path": one.path or None}


def _wrench(read: Case, out: Path | None) -> Grid:
    """The attainable wrench as a table; its figure, if there is a folder for it."""
    from rvd.reporting.figures import write_figures
    from rvd.reporting.wrench import attainable_of, draw_wrench, wrench_grid

    summary = attainable_of(read)
    if out is not None:
        write_figures({"wrench": draw_wrench(summary, read.title)}, out)
    return wrench_grid(summary)
