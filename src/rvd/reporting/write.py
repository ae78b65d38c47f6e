"""A report from a results folder alone: its case copy, its rows, and some of its runs flown again."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from pathlib import Path
from typing import NamedTuple

import numpy as np

from rvd.assembly.flyer import Flight
from rvd.casefile import load
from rvd.core.signals import Outcome
from rvd.montecarlo.lines import EVERY, KEPT, Lines, kept
from rvd.montecarlo.mission import Mission
from rvd.montecarlo.until import sequential_verdict
from rvd.montecarlo.verdict import Finding, Judgement, verdict
from rvd.store import arrays_of, asked, manifest, table
from rvd.store.files import replace
from rvd.store.manifests import Manifest, differences

from .corridor import Side
from .figures import campaign_figures, passive_figure, write_figures
from .grid import Grid
from .page import Page, captions, render
from .panels import panels_of
from .quantities import NO_MARGINS
from .reasons import broken_grid, failed_grid, quoted, reasons_grid
from .scene import scene_of
from .shown import Shown, choose_runs, succeeded
from .style import png
from .tables import (
    Counted,
    batches_grid,
    delta_v_grid,
    findings_grid,
    outcomes_grid,
    percentiles_grid,
    rules_sentence,
    success_probability,
    timeline_grid,
)

NOMINAL_EVERY = 5
"""Seconds between the lines of the nominal flight, which is drawn in front."""

FLIGHTS = KEPT
"""How many runs a report draws as lines; failures come first."""


class Reported(NamedTuple):
    """What a report says and where it is. `grids` are its tables; `note` is empty or says what limits it.

    Not `complete`: some of the runs asked for are missing, and no requirement is decided.
    """

    page: Path
    figures: list[Path]
    counted: Counted
    findings: list[Finding]
    grids: list[Grid]
    note: str
    complete: bool

    def __repr__(self) -> str:
        lines = [f"Report {self.page} and {len(self.figures)} figures: {self.counted.sentence}"]
        lines += [f"  {finding.sentence}" for finding in self.findings]
        return "\n".join([*lines, *([f"  {self.note}"] if self.note else [])])


def columns_of(folder: Path) -> dict[str, np.ndarray]:
    """The rows of a results folder as columns, one value a run. Raises StoreError for a folder that is none."""
    return arrays_of(table(folder))


def write_report(
    folder: Path,
    out: Path | None = None,
    flights: int = FLIGHTS,
    jobs: int = 1,
    formats: Iterable[str] = ("png",),
    vbar: Side = "right",
    progress: Callable[[int, int], None] | None = None,
    trust: bool = False,
) -> Reported:
    """Writes report.html, tables.txt and figures/ into `out` (the results folder itself if not given).

    Raises StoreError for a folder that holds no results, or not what was flown, or, without `trust`, a law that this
    user has neither flown nor trusted; CaseError if its copy of the case cannot be flown any more.
    """
    folder = Path(folder)
    out = Path(out) if out is not None else folder
    ours = manifest(folder)
    mission = Mission(load(folder / "case.toml"), trust)
    wanted = asked(folder)
    stored = columns_of(folder)
    rows, findings = judged(stored, mission, ours, wanted)
    seed = int(ours.identity["seed"])
    shown = flights_to_draw(mission, rows, seed, flights, jobs, progress, folder)
    scene, nominal = scene_of(mission.built), shown[0].flight
    assert isinstance(nominal, Flight)
    figures = campaign_figures(scene, shown, rows, mission.plan.requirements, vbar)
    figures |= passive_figure(mission, nominal, scene, vbar)
    pictures = {name: png(figure) for name, figure in figures.items()}
    size = ours.identity["sampling"].get("runs")  # of a Latin hypercube
    case = folder / "case.toml"
    origin = f"the {scene.origin}"
    failed = [reasons_grid(rows, case, seed, size, origin), failed_grid(rows, case, seed, size)]
    broken = broken_grid(rows, case, seed, size, origin)
    legs = delta_v_grid(rows, mission.built.leg_names)
    timeline = timeline_grid(scene, shown[0].flight)._replace(title="Timeline of the nominal flight")
    tables = [
        grid for grid in (*campaign_grids(rows, findings, scene.margins), legs, timeline) if grid is not None
    ]
    note = _note(mission, ours, seed, rows, wanted)
    counted = success_probability(rows)
    kept = rules_sentence(rows) if scene.margins else ""
    page = Page(
        title=scene.title,
        lead="; ".join(said for said in (capitalised(counted.sentence), kept) if said),
        findings=findings,
        grids=tables,
        figures=pictures,
        facts=_facts(mission, ours, rows),
        notes=[note] if note else [],
        case_text=mission.plan.case_text,
        line=_line(ours, seed, wanted, folder),
        failed=[grid for grid in failed if grid is not None],
        panels=panels_of(figures),
        captions=captions(scene),
        broken=[] if broken is None else [broken],
    )
    grids = [*page.failed, *page.broken, *page.grids]
    written = write_figures(figures, out, formats, "figures", pictures)
    there = replace(render(page).encode(), out, "report.html")
    replace(("\n\n".join(grid.text() for grid in grids) + "\n").encode(), out, "tables.txt")
    complete = before_gap(stored) >= max(wanted, 1)
    return Reported(
        page=there, figures=written, counted=counted, findings=findings, grids=grids,
        note=note, complete=complete,
    )  # fmt: skip


def judged(
    rows: dict[str, np.ndarray], mission: Mission, ours: Manifest, wanted: int = 0
) -> tuple[dict[str, np.ndarray], list[Finding]]:
    """The rows before the first gap and what they say of the requirements; all rows if run 0 is missing.

    With fewer rows than `wanted` nothing is decided: shares and bounds are of what there is.
    """
    whole = before_gap(rows)
    first = {name: values[:whole] for name, values in rows.items()}
    most = ours.identity.get("until_decided")
    if most is not None:
        findings = sequential_verdict(first, mission.plan, int(most))
    else:
        findings = verdict(first, mission.plan.requirements, mission.plan.note, mission.plan.every)
    if whole < wanted:
        note = f"{whole} of {wanted} runs are stored: no verdict yet"
        findings = [
            dataclasses.replace(finding, judgement=Judgement.UNDECIDED, runs_needed=None, note=note)
            for finding in findings
        ]
    return first if whole else rows, findings


def before_gap(rows: Mapping[str, np.ndarray]) -> int:
    """How many runs there are, from run 0 on, before one is missing."""
    run = np.asarray(rows["run"])
    return int(np.argmin(np.append(run == np.arange(run.size), False)))


def campaign_grids(
    rows: Mapping[str, np.ndarray], findings: Sequence[Finding], margins: Mapping[str, str] = NO_MARGINS
) -> list[Grid]:
    """The tables of a campaign: outcomes, requirements if there are any, percentiles with the rules' `margins`."""
    grids = [outcomes_grid(rows), findings_grid(findings) if findings else None]
    nested = [batches_grid(finding) for finding in findings if finding.batches]
    percentiles = percentiles_grid(rows, [finding.requirement for finding in findings], margins)
    return [grid for grid in [*grids, *nested, percentiles] if grid is not None]


def flights_to_draw(
    mission: Mission,
    rows: Mapping[str, np.ndarray],
    seed: int,
    flights: int,
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
    folder: Path | None = None,
) -> list[Shown]:
    """The nominal flight, then at most `flights` runs of the campaign, failures first.

    Runs whose lines the results `folder` keeps are not flown; `progress` hears how many of the others are.
    """
    outcome, numbers = np.asarray(rows["outcome"]), np.asarray(rows["run"])
    there = kept_lines(folder, numbers, outcome)
    can = outcome != Outcome.LOST  # flying one again would kill this process too
    held = np.isin(numbers[can], list(there))
    chosen = [int(numbers[can][k]) for k in choose_runs(outcome[can], flights, held)]
    missing: list[int | None] = [None, *(run for run in chosen if run not in there)]
    flown = fly_again(mission, missing, seed, len(outcome), jobs, progress)
    again = dict(zip(missing, flown, strict=True))
    return [Shown(None, again[None]), *(Shown(run, there.get(run) or again[run]) for run in chosen)]


def kept_lines(folder: Path | None, numbers: np.ndarray, outcome: np.ndarray) -> dict[int, Lines]:
    """The lines that a results folder keeps, by run, of those that ended as their rows say."""
    if folder is None:
        return {}
    campaign = manifest(folder).name
    found = {int(run): kept(folder, campaign, int(run)) for run in numbers[numbers < KEPT]}
    ends = dict(zip(numbers.tolist(), outcome.tolist(), strict=True))
    return {run: lines for run, lines in found.items() if lines is not None and lines.outcome == ends[run]}


def fly_again(
    mission: Mission,
    runs: Sequence[int | None],
    seed: int,
    size: int,
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> list[Flight]:
    """Runs of a campaign of `size` (None: the nominal flight) flown with their histories."""
    with ThreadPoolExecutor(jobs, thread_name_prefix="rvd-report") as pool:
        try:
            every = [NOMINAL_EVERY if run is None else EVERY for run in runs]
            tasks = [pool.submit(mission.flight, *one, size) for one in zip(runs, repeat(seed), every)]
            flown = []
            for task in tasks:
                flown.append(task.result())
                if progress is not None:
                    progress(len(flown), len(runs))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return flown


def capitalised(sentence: str) -> str:
    """The sentence as it stands alone."""
    return sentence[:1].upper() + sentence[1:]


def _note(mission: Mission, ours: Manifest, seed: int, rows: Mapping[str, np.ndarray], wanted: int) -> str:
    """What a reader has to know: runs still missing, or flights flown again by other sources than the rows."""
    notes = []
    runs = len(rows["outcome"])
    if runs < wanted:
        notes.append(f"{runs} of {wanted} runs are stored so far: run the campaign again to fly the rest.")
    differ = differences(ours.identity, mission.plan.manifest(mission.flyer, seed, runs).identity)
    if differ:
        words = ", ".join(differ[:3])
        notes.append(
            f"The rows are as stored; the flights drawn as lines were flown by another version ({words} differ)."
        )
    return " ".join(notes)


def _line(ours: Manifest, seed: int, wanted: int, folder: Path) -> list[str]:
    """When the campaign began, and the commands that fly it and write this page."""
    until = " --until-decided" if "until_decided" in ours.identity else ""
    case, there = quoted(folder / "case.toml"), quoted(folder)
    flown = f"rvd campaign {case} --runs {wanted} --seed {seed}{until} --out {there}"
    begun = f"Begun {ours.created.replace('T', ' ').replace('+00:00', ' UTC')}. " if ours.created else ""
    return [f"{begun}Flown on, or again, by `{flown}`", f"This page: `rvd report {there}`"]


def _facts(mission: Mission, ours: Manifest, rows: Mapping[str, np.ndarray]) -> list[tuple[str, str]]:
    """Where the results come from, as pairs of words."""
    identity, machine = ours.identity, ours.machine
    failed = np.flatnonzero(~succeeded(rows["outcome"]))
    numbers = ", ".join(str(int(rows["run"][k])) for k in failed[:20])
    facts = [
        ("case", mission.case.title),
        ("goal", f"{mission.case.goal.kind}: {success_probability(rows).word}"),
        ("runs, seed", f"{len(rows['outcome'])}, {identity['seed']}"),
        ("failed runs", (numbers + (", ..." if failed.size > 20 else "")) if failed.size else "none"),
        ("started", ours.created),
    ]
    facts += [(name, str(identity[name])) for name in ("rvd", "numpy", "scipy", "numba") if name in identity]
    return facts + [(name, str(value)) for name, value in machine.items()]
