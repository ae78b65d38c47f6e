"""`rvd campaign`: all runs of a case, the verdict, and where everything is."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .options import (
    case_argument,
    draws_option,
    figure_options,
    jobs_option,
    json_option,
    seed_option,
    trust_option,
)
from .output import say, say_json
from .progress import telling

if TYPE_CHECKING:
    import numpy as np

    from rvd.case.requirement import Requirement
    from rvd.montecarlo.mission import Mission
    from rvd.montecarlo.progress import Progress
    from rvd.montecarlo.run import Results
    from rvd.reporting.scene import Scene


class Part(click.ParamType):
    """One part of several, "2/8"."""

    name = "part"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        """The two numbers."""
        if isinstance(value, tuple):
            return value
        first, _, second = str(value).partition("/")
        if not (first.isdecimal() and second.isdecimal() and 1 <= int(first) <= int(second)):
            self.fail(f"{value!r} is no part: write 1/8 to 8/8 for eight parts.", param, ctx)
        return int(first), int(second)


FLIGHTS = 24
"""Runs drawn as lines in the figures of a campaign: enough to see; `rvd report` draws more."""


@click.command("campaign")
@case_argument
@click.option("--runs", type=click.IntRange(1, 10**9), help="How many runs in all [default: the case's].")
@seed_option
@draws_option
@jobs_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Results folder [default: results/CASE-SEED].",
)
@click.option("--until-decided", is_flag=True, help="Stop as soon as every requirement is decided.")
@click.option("--shard", type=Part(), default="1/1", metavar="I/N", help="Fly the I-th of N parts only.")
@click.option(
    "--cluster", metavar="ADDRESS", help="Fly on the workers of a Dask scheduler (extra rvd[dask])."
)
@click.option(
    "--junit", type=click.Path(path_type=Path, dir_okay=False), help="Write the verdict as JUnit XML."
)
@click.option(
    "--figures/--no-figures",
    default=True,
    show_default=True,
    help="Draw the figures when all runs are flown.",
)
@figure_options
@trust_option
@click.option("--quiet", is_flag=True, help="Tell no progress.")
@json_option
def command(
    case: Path, runs: int | None, seed: int | None, draws: Path | None, jobs: int | None, out: Path | None,
    until_decided: bool, shard: tuple[int, int], cluster: str | None, junit: Path | None, figures: bool, vbar: str,
    formats: tuple[str, ...], trust: bool, quiet: bool, as_json: bool,
) -> int:  # fmt: skip
    """Fly all runs of CASE that are not yet in its results folder, and give the verdict.

    A folder that was stopped half-way goes on by itself; more runs extend it. The exit code is the verdict: 3 too
    while runs are missing.
    """
    with telling("campaign", quiet or as_json, f"reading {case} and making it ready") as tell:
        from rvd import api
        from rvd.montecarlo.junit import junit as as_junit
        from rvd.montecarlo.junit import unfinished
        from rvd.montecarlo.verdict import exit_code
        from rvd.store.files import refusals

        mission = api.mission_of(case, draws, trust)
        seed = mission.case.campaign.seed if seed is None else seed
        out = out or Path("results") / f"{case.stem}-{seed}"

        def show(now: Progress) -> None:
            if math.isnan(now.compiling):  # of which `telling` knows
                tell(now.done, now.total, now.sentence)

        results = api.campaign(
            mission, runs, seed, jobs, out, show, shard, until_decided, cluster,
        )  # fmt: skip
    if junit is not None:
        title, seconds = mission.case.title, results.seconds
        text = as_junit(results.findings, title, seconds)
        if not results.complete:
            text = unfinished(mission.plan.requirements, results.no_verdict, title, seconds)
        with refusals(junit):
            junit.write_text(text, encoding="utf-8")
    columns = columns_of(results)
    again = case if draws is None else out / "case.toml"
    # A run of a Latin hypercube is one of so many.
    size = results.asked if mission.plan.sampling == "latin-hypercube" else None
    written = (
        pictures(mission, columns, seed, jobs, out, vbar, formats) if figures and results.complete else []
    )
    from rvd.reporting.scene import scene_of

    scene = scene_of(mission.built)
    if as_json:
        say_json(as_record(again, seed, results, columns, size, scene, written))
    else:
        for line in words(again, seed, results, columns, size, scene):
            say(line)
        say(f"Results: {out}" + (f", figures: {written[0].parent}" if written else ""))
        say(f"next: rvd report {out}")
    return exit_code(results.findings, results.complete)


def columns_of(results: Results) -> dict[str, np.ndarray]:
    """The rows that are counted, a column an entry; an extension that is not finished lies beyond them."""
    from rvd.store import arrays_of

    return arrays_of(results.table().slice(0, results.runs))


def pictures(
    mission: Mission,
    columns: dict[str, np.ndarray],
    seed: int,
    jobs: int | None,
    out: Path,
    vbar: Any,
    formats: tuple[str, ...],
) -> list[Path]:
    """Writes the figures of the campaign, with a few of its runs flown again, failures first."""
    from rvd.montecarlo.executors import cores
    from rvd.reporting.figures import campaign_figures, write_figures
    from rvd.reporting.scene import scene_of
    from rvd.reporting.write import flights_to_draw

    shown = flights_to_draw(mission, columns, seed, FLIGHTS, jobs or cores(), folder=out)
    figures = campaign_figures(scene_of(mission.built), shown, columns, mission.plan.requirements, vbar)
    return write_figures(figures, out, formats, "figures")


def words(
    case: Path,
    seed: int,
    results: Results,
    columns: dict[str, np.ndarray],
    size: int | None,
    scene: Scene,
) -> list[str]:
    """What a campaign says to people.

    `size` is how many runs it has, where that changes the draws; `scene` is what is known of its case.
    """
    from rvd.reporting.reasons import broken_grid, reasons_grid
    from rvd.reporting.tables import outcomes_grid, percentiles_grid, success_probability
    from rvd.reporting.write import capitalised

    lines = [outcomes_grid(columns).text(), ""]
    failed = reasons_grid(columns, case, seed, size, f"the {scene.origin}")
    lines += [failed.text(), ""] if failed is not None else []
    broken = broken_grid(columns, case, seed, size, f"the {scene.origin}")
    lines += [broken.text(), ""] if broken is not None else []
    lines += [percentiles_grid(columns, required(results), scene.margins).text(), ""]
    lines.append(capitalised(success_probability(columns).sentence))
    lines += [finding.sentence for finding in results.findings]
    if not results.complete:
        lines.append(results.no_verdict)
    return lines


def required(results: Results) -> list[Requirement]:
    """What is required of a campaign."""
    return [finding.requirement for finding in results.findings]


def failures(columns: dict[str, np.ndarray]) -> list[int]:
    """The numbers of the runs that did not reach their goal."""
    from rvd.reporting.shown import succeeded

    return [int(run) for run in columns["run"][~succeeded(columns["outcome"])]]


def as_record(
    case: Path,
    seed: int,
    results: Results,
    columns: dict[str, np.ndarray],
    size: int | None,
    scene: Scene,
    written: list[Path],
) -> dict[str, Any]:
    """What a machine reads of a campaign; `size` and `scene` as in `words`."""
    from rvd.reporting.reasons import reason_records
    from rvd.reporting.tables import percentiles_grid, success_probability

    return {
        "case": case,
        "folder": results.folder,
        "seed": seed,
        "runs": results.runs,
        "asked": results.asked,
        "flown": results.flown,
        "complete": results.complete,
        "seconds": results.seconds,
        "outcomes": {outcome.name.lower(): count for outcome, count in results.counts.items()},
        "reasons": reason_records(columns, case, seed, size),
        "success": success_probability(columns)._asdict(),
        "findings": [finding.to_json() for finding in results.findings],
        "percentiles": percentiles_grid(columns, required(results), scene.margins).records,
        "failures": failures(columns),
        "written": written,
    }
