"""`rvd fly`: one flight, its timeline, its figures and its history."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .options import case_argument, draws_option, figure_options, json_option, seed_option, trust_option
from .output import say, say_json
from .progress import telling

if TYPE_CHECKING:
    from rvd.assembly.flyer import Flight
    from rvd.core.flight.reason import Why
    from rvd.montecarlo.mission import Mission


@click.command("fly")
@case_argument
@click.option(
    "--run",
    type=click.IntRange(0, 10**9 - 1),
    help="Fly exactly this run of the campaign [default: the nominal flight].",
)
@click.option(
    "--runs", type=click.IntRange(1, 10**9), help="Runs of that campaign, where its sampling depends on them."
)
@seed_option
@draws_option
@click.option(
    "--every",
    type=click.IntRange(1, 3600),
    default=1,
    show_default=True,
    help="Seconds between lines of the history.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder [default: results/CASE-nominal or -SEED-runK].",
)
@click.option(
    "--figures/--no-figures",
    default=True,
    show_default=True,
    help="Draw the figures, most of the time it takes.",
)
@figure_options
@trust_option
@json_option
def command(
    case: Path, run: int | None, runs: int | None, seed: int | None, draws: Path | None, every: int, out: Path | None,
    figures: bool, vbar: str, formats: tuple[str, ...], trust: bool, as_json: bool,
) -> int:  # fmt: skip
    """Fly CASE once: the nominal flight (nothing dispersed, noise as of run 0), or run K of its campaign.

    Writes the figures and history.parquet into a folder. Exit code 0 where the flight reaches its goal, 1 for any other
    outcome.
    """
    with telling("fly", as_json):
        from rvd import api
        from rvd.reporting.scene import scene_of
        from rvd.reporting.tables import result_grid, timeline_grid
        from rvd.reporting.write import capitalised

        mission = api.mission_of(case, draws, trust)
        seed = mission.case.campaign.seed if seed is None else seed
        flight = mission.flight(run, seed, every, runs)
        scene = scene_of(mission.built)
        name = f"{case.stem}-nominal" if run is None else f"{case.stem}-{seed}-run{run}"
        out = out or Path("results") / name
        written = pictures(mission, run, flight, out, vbar, formats) if figures else []
        written.append(write_history(flight, out / "history.parquet"))
    if as_json:
        say_json(as_record(case, run, seed, flight, scene, written))
    else:
        name = "the nominal flight" if run is None else f"run {run}, seed {seed}"
        how = flight.outcome.word.replace("_", " ")
        say(f"{scene.title}: {name}: {how}: {sentence_of(flight)}")
        if flight.broken is not None:
            say(capitalised(flight.broken.sentence))
        say("\n" + timeline_grid(scene, flight).text())
        say("\n" + result_grid(flight.result, scene.margins).text() + "\n")
        for path in written:
            say(f"wrote {path}")
    return 0 if flight.outcome.success else 1


def pictures(
    mission: Mission, run: int | None, flight: Flight, out: Path, vbar: Any, formats: tuple[str, ...]
) -> list[Path]:
    """Writes the figures of the flight."""
    from rvd.reporting.figures import flight_figures, passive_figure, write_figures
    from rvd.reporting.scene import scene_of
    from rvd.reporting.shown import Shown

    scene = scene_of(mission.built)
    drawn = flight_figures(scene, [Shown(run, flight)], vbar)
    return write_figures(drawn | passive_figure(mission, flight, scene, vbar), out, formats)


def sentence_of(flight: Flight) -> str:
    """How the flight ended, and if not at its goal, why, on which leg, when and where."""
    return flight.outcome.sentence if flight.why is None else flight.why.sentence


def write_history(flight: Flight, path: Path) -> Path:
    """Writes the history as Parquet, one column a quantity, SI, with its unit and meaning in the field."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from rvd.case.columns import history_column
    from rvd.store.files import refusals

    with refusals(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        # NaN, a number that does not exist, is null.
        columns = [pa.array(values, from_pandas=True) for values in flight.history.values()]
        told = [pa.field(name, pa.float64(), metadata=history_column(name).marks) for name in flight.history]
        pq.write_table(pa.table(columns, schema=pa.schema(told)), path, compression="zstd")
    return path


def reason_record(why: Why | None) -> dict[str, Any] | None:
    """Why a flight did not reach its goal: which alarm or limit, on which leg, when (s) and where (m)."""
    if why is None:
        return None
    place = {"vbar": why.vbar, "rbar": why.rbar, "hbar": why.hbar}
    return {
        "reason": why.reason,
        "sentence": why.reason.sentence,
        "leg": why.leg_name,
        "t": why.t,
        "place": place,
        "alarm": why.alarm,
    }


def as_record(
    case: Path, run: int | None, seed: int, flight: Flight, scene: Any, written: list[Path]
) -> dict[str, Any]:
    """What a machine reads of a flight; times in s."""
    from rvd.reporting.timeline import entries

    return {
        "case": case,
        "run": run,
        "seed": seed,
        "outcome": flight.outcome,
        "sentence": sentence_of(flight),
        "reason": reason_record(flight.why),
        "broken": None if flight.broken is None else flight.broken._asdict(),
        "legs": [{"name": name, "entered": t} for name, t in entries(scene, flight)],
        "result": {**flight.result, "outcome": int(flight.outcome)},
        "written": written,
    }
