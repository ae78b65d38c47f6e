"""What `import rvd` offers: load a case, fly it once, fly its campaign, report on a results folder.

    case = rvd.load("htv_berthing.toml")
    flight = rvd.fly(case)                                   # the nominal flight
    results = rvd.campaign(case, runs=200, out="results/mine")
    rvd.report("results/mine")

A case may be given as its path. Everything is in SI units and radians.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rvd.arguments import MOST_BETWEEN, MOST_JOBS, MOST_RUNS, MOST_SEED, part_of, shown, whole
from rvd.assembly.flyer import Flight
from rvd.casefile import Case, load
from rvd.errors import ArgumentError, RvdError, StoreError
from rvd.montecarlo.executors import Engine, cores
from rvd.montecarlo.mission import Mission
from rvd.montecarlo.progress import Progress
from rvd.montecarlo.run import Results, check, open_store, run_campaign
from rvd.montecarlo.until import run_until_decided
from rvd.montecarlo.verify import Verification
from rvd.montecarlo.verify import verify as fly_stored_again
from rvd.names import why_linked_out
from rvd.reporting.corridor import Side
from rvd.reporting.figures import flight_figures, passive_figure, write_figures
from rvd.reporting.scene import scene_of
from rvd.reporting.shown import Shown
from rvd.reporting.write import FLIGHTS, Reported, write_report
from rvd.store import asked, settle, table
from rvd.store import merge as merge_folders
from rvd.store.files import keep as keep_file
from rvd.store.shards import Span

if TYPE_CHECKING:
    from distributed import Client

__all__ = [
    "Flight",
    "Merged",
    "Mission",
    "Reported",
    "Results",
    "campaign",
    "draw",
    "export",
    "fly",
    "load",
    "merge",
    "report",
    "verify",
    "warmup",
]


def fly(
    case: Case | Path | str,
    run: int | None = None,
    seed: int | None = None,
    every: int = 1,
    trust: bool = False,
) -> Flight:
    """One flight with a line of history every `every` s: exactly run K of the campaign, or the nominal flight.

    The nominal flight has no dispersion; its sensors' noise is that of run 0. `seed` is the case's if not given.
    A case in a results folder whose laws this user has neither flown nor trusted is flown with `trust` alone.
    Raises CaseError for a case that cannot be flown, ArgumentError for a number that is none of these.
    """
    every = whole("every", every, 1, MOST_BETWEEN)
    mission = mission_of(case, trust=trust)
    return mission.flight(_run(run), _seed(mission, seed), every)


def _run(run: int | None) -> int | None:
    return None if run is None else whole("run", run, 0, MOST_RUNS - 1)


def _seed(mission: Mission, seed: int | None) -> int:
    """The seed asked for, or the case's."""
    return mission.case.campaign.seed if seed is None else whole("seed", seed, 0, MOST_SEED)


def _jobs(jobs: int | None) -> int | None:
    return None if jobs is None else whole("jobs", jobs, 1, MOST_JOBS)


def draw(
    case: Case | Path | str,
    flight: Flight,
    folder: Path | str,
    run: int | None = None,
    formats: Iterable[str] = ("png",),
    vbar: Side = "right",
    trust: bool = False,
) -> list[Path]:
    """Writes the figures of one flight of a case into a folder, and gives their paths; `run` names it in them.

    `trust` as in `fly`.
    """
    mission = mission_of(case, trust=trust)
    scene = scene_of(mission.built)
    figures = flight_figures(scene, [Shown(_run(run), flight)], vbar) | passive_figure(
        mission, flight, scene, vbar
    )
    return write_figures(figures, Path(folder), formats)


def campaign(
    case: Case | Mission | Path | str,
    runs: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    out: Path | str | None = None,
    progress: Callable[[Progress], None] | None = None,
    shard: tuple[int, int] = (1, 1),
    until_decided: bool = False,
    cluster: str | Client | None = None,
    draws: Path | str | None = None,
    trust: bool = False,
) -> Results:
    """All runs of a campaign that are not yet stored in `out`, counted and judged; without `out`, in memory.

    `runs` and `seed` are the case's if not given, `jobs` all cores. The rows are the same whatever `jobs` is and
    however often it was stopped. `shard` (i, n) flies the i-th of n parts; `until_decided` stops as soon as every
    requirement is decided, `runs` at the most; `cluster` is the address or a Client of a Dask scheduler (extra
    `rvd[dask]`); `draws` is a table that is flown as given, instead of the case's; `trust` as in `fly`.
    Raises CaseError, StoreError for the folder of another campaign, and ArgumentError for a number that is none of
    these.
    """
    shard, jobs = part_of("shard", shard), _jobs(jobs)
    mission = mission_of(case, draws, trust)
    runs = mission.case.campaign.runs if runs is None else whole("runs", runs, 1, MOST_RUNS)
    seed = _seed(mission, seed)
    if until_decided and shard != (1, 1):
        raise RvdError(
            "a part of a campaign cannot be stopped by a verdict on all of it: leave out one of the two"
        )
    if out is not None:
        keep_parts(mission, seed, runs, Path(out), runs if until_decided else None)
    with _engine(cluster) as using:
        if until_decided:
            return run_until_decided(mission.plan, mission.flyer, seed, runs, jobs, out, progress, using)
        return run_campaign(mission.plan, mission.flyer, seed, runs, jobs, out, progress, shard, using)


@contextlib.contextmanager
def _engine(cluster: str | Client | None) -> Iterator[Engine | None]:
    if cluster is None:
        yield None
        return
    from rvd.montecarlo.cluster import Cluster

    engine = Cluster(cluster)
    try:
        yield engine
    finally:
        if isinstance(cluster, str):  # a Client is its owner's
            engine.close()


def report(
    folder: Path | str,
    out: Path | str | None = None,
    flights: int = FLIGHTS,
    jobs: int | None = None,
    formats: Iterable[str] = ("png",),
    vbar: Side = "right",
    progress: Callable[[int, int], None] | None = None,
    trust: bool = False,
) -> Reported:
    """Tables, figures and one self-contained report.html of a results folder, from that folder alone.

    `flights` is how many of its runs are drawn as lines, failures first; those whose lines it does not keep are flown.
    With `trust`, laws of the folder that this user has neither flown nor trusted may run.
    Raises StoreError, before anything runs, for such a law and for a folder that does not hold what was flown.
    """
    there = Path(out) if out is not None else None
    flights, jobs = whole("flights", flights, 0, MOST_RUNS), _jobs(jobs)
    return write_report(Path(folder), there, flights, jobs or cores(), formats, vbar, progress, trust)


def verify(folder: Path | str, runs: int = 20, trust: bool = False) -> Verification:
    """Flies `runs` runs of a results folder again and compares them with what is stored, bit for bit.

    `trust` and what is raised as of `report`.
    """
    runs = whole("runs", runs, 1, MOST_RUNS)
    mission = mission_of(Path(folder) / "case.toml", trust=trust)
    return fly_stored_again(folder, mission.plan, mission.flyer, runs)


class Warmed(NamedTuple):
    """What a warm-up did: how long it took (s), how many functions it compiled, and where they are kept."""

    seconds: float
    compiled: int
    kept: Path

    @property
    def sentence(self) -> str:
        """One line for the user."""
        if not self.compiled:
            return f"nothing to compile: flights begin at once ({self.kept})"
        return f"compiled {self.compiled} functions in {self.seconds:.0f} s: flights begin at once now ({self.kept})"


def warmup(case: Case | Mission | Path | str | None = None, trust: bool = False) -> Warmed:
    """Compiles what flights run, and the laws of a case if one is given, so that the first one begins at once.

    One run is flown, of the case or of the first that ships with `rvd`: what is compiled is all that a flight needs.
    It is kept for this version and this machine. Raises CaseError for a case that cannot be flown.
    """
    from rvd.casefile.shipped import shipped
    from rvd.compiling import Compiling
    from rvd.core.kernel import cache_folder

    begin = time.perf_counter()
    with Compiling() as compiling:
        mission = mission_of(shipped()[0] if case is None else case, trust=trust)
        mission.flyer.prepare()
        mission.flight(0, _seed(mission, None))
    return Warmed(time.perf_counter() - begin, compiling.functions, cache_folder())


class Exported(NamedTuple):
    """What was written of a results folder: the files, and how many runs they hold of how many asked for."""

    written: list[Path]
    runs: int
    asked: int

    @property
    def sentence(self) -> str:
        """One line for the user."""
        if self.runs < self.asked:
            return f"{self.runs} of {self.asked} runs: the campaign is not finished"
        return f"{self.runs} runs"


def export(
    folder: Path | str, kinds: Iterable[str] = ("parquet",), out: Path | str | None = None
) -> Exported:
    """Writes the runs of a results folder as one table a kind ("csv", "parquet", "mat"): each run once, sorted, in SI.

    Into `out`, or into `folder/export`: runs.csv with columns.csv, runs.parquet, runs.mat. Raises StoreError for a
    folder that holds no results, and where MATLAB's format cannot hold them.
    """
    from rvd.montecarlo.export import WRITERS, write_export

    there = Path(folder) / "export" if out is None else Path(out)
    why = why_linked_out(there, Path(folder)) if out is None else ""
    if why:
        raise StoreError(there, why, "put a folder in its place, or name another with --out")
    kinds = tuple(kinds)
    unknown = [kind for kind in kinds if kind not in WRITERS]
    if unknown:
        raise ArgumentError(f"{unknown[0]!r} is no kind of file; write {', '.join(WRITERS)}")
    rows = table(folder)
    written = [path for kind in kinds for path in write_export(rows, kind, there)]
    return Exported(written, rows.num_rows, asked(folder))


class Merged(NamedTuple):
    """A folder that several were merged into: runs it holds, runs that were asked for, spans that are missing."""

    folder: Path
    runs: int
    asked: int
    missing: tuple[tuple[int, int], ...]

    @property
    def sentence(self) -> str:
        """One line for the user."""
        text = f"{self.runs} of {max(self.asked, self.runs)} runs are in {self.folder}"
        if self.missing:
            text += f"; missing {', '.join(f'{a} to {b - 1}' for a, b in self.missing[:4])}"
            text += f" and {len(self.missing) - 4} more spans" if len(self.missing) > 4 else ""
        return text


def merge(folders: Iterable[Path | str], out: Path | str) -> Merged:
    """Puts the runs of several results folders of one campaign into `out`; they stay as they are.

    Raises StoreError for folders of different campaigns, and for two that hold one run.
    """
    store = merge_folders(list(folders), out)
    held = store.held()
    size = max([asked(store.path), *(span.last for span in held)], default=0)
    missing = store.missing(Span(0, size))
    with contextlib.suppress(StoreError):  # a convenience of whoever reads the files; the rows are safe
        settle(store, whole=not missing)
    runs = size - sum(last - first for first, last in missing)
    return Merged(store.path, runs, asked(store.path), tuple((a, b) for a, b in missing))


def mission_of(
    case: Case | Mission | Path | str, draws: Path | str | None = None, trust: bool = False
) -> Mission:
    """A case, or the one in a file, ready to be flown; `draws` is a table of draws to fly instead of its own.

    `trust` as of `Mission`.
    """
    if isinstance(case, Mission):
        if draws is None:
            return case
        case = case.case
    if not isinstance(case, str | Path | Case):
        raise ArgumentError(f"case is a case, or the path of one, not {shown(case)}")
    case = load(case) if isinstance(case, str | Path) else case
    if draws is not None:
        case = case.with_values({"campaign.draws": str(Path(draws).resolve())})
    return Mission(case, trust)


def keep_parts(mission: Mission, seed: int, runs: int, out: Path, until: int | None = None) -> None:
    """Opens the results folder and copies what the case names into it: a report needs nothing else."""
    check(mission.flyer, mission.plan, runs)  # what cannot be judged leaves no folder behind
    open_store(mission.plan, mission.flyer, seed, runs, out, until)
    for name, content in (*mission.plan.parts.items(), *mission.plan.code.items()):
        keep_file(content, out, name)
