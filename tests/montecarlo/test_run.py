import contextlib
import errno
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from rvd.case.requirement import Condition, Requirement
from rvd.core.signals import Outcome
from rvd.errors import CaseError, StoreError
from rvd.montecarlo.executors import Here, Threads
from rvd.montecarlo.run import judge_folder, run_campaign, table_columns
from rvd.montecarlo.verdict import Judgement
from rvd.store import asked, digest, events, table
from tests.montecarlo.cheap import NOMINAL, CheapFlyer, plan
from tests.store.test_folder import plain

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def whole():
    """1,000 runs on one worker in memory: what every other way has to equal."""
    return run_campaign(plan(), CheapFlyer(), 7, 1000, jobs=1)


def test_every_run_is_counted_and_judged(whole):
    assert whole.complete and whole.runs == whole.flown == 1000
    assert sum(whole.counts.values()) == 1000
    assert set(whole.counts) == {Outcome.CAPTURED, Outcome.LEFT_BOX}
    rows = whole.table()
    assert rows["run"].to_pylist() == list(range(1000))
    missed = int(np.isnan(rows["miss_m"].to_numpy()).sum())
    assert missed == whole.counts[Outcome.LEFT_BOX] > 0  # a run without a value is a row
    assert rows["miss_m"].null_count == missed and rows["captured"].null_count == 0
    (finding,) = whole.findings
    assert finding.judgement is Judgement.MET and finding.failures == missed
    assert rows.column_names == [
        "run", "outcome", "outcome_word", "captured", "leg", "miss_m", "fuel_kg",
        "start.vbar", "sensors.bias.0", "sensors.bias.1",
    ]  # fmt: skip


def test_what_is_stored_is_what_was_flown(whole):
    """The dispersed values in the table, flown again, give the results in the table."""
    rows = whole.table()
    names = ("start.vbar", "sensors.bias.0", "sensors.bias.1")
    again = np.column_stack([*(rows[n].to_numpy() for n in names), np.full(1000, NOMINAL[3])])
    results = CheapFlyer().fly(again, 7, np.arange(1000))
    for i, (name, _) in enumerate(CheapFlyer.columns):
        np.testing.assert_array_equal(rows[name].to_numpy().astype(float), results[:, i])


@pytest.mark.parametrize("jobs", [1, 2, 5])
@pytest.mark.parametrize("delay", [0.0, 1e-4])
def test_the_table_does_not_depend_on_workers_or_chunks(whole, tmp_path, jobs, delay):
    results = run_campaign(plan(), CheapFlyer(delay), 7, 1000, jobs=jobs, out=tmp_path / "out")
    assert digest(results.table()) == digest(whole.table())
    assert results.counts == whole.counts
    assert results.findings == whole.findings
    assert list((results.folder / "tmp").iterdir()) == []


def test_a_campaign_is_extended_and_none_is_flown_twice(whole, tmp_path):
    first = run_campaign(plan(), CheapFlyer(), 7, 300, out=tmp_path)
    assert (first.runs, first.flown) == (300, 300)
    more = run_campaign(plan(), CheapFlyer(), 7, 1000, out=tmp_path)
    assert (more.runs, more.flown) == (1000, 700)
    assert digest(more.table()) == digest(whole.table())
    again = run_campaign(plan(), CheapFlyer(), 7, 1000, out=tmp_path)
    assert again.flown == 0 and again.findings == whole.findings
    fewer = run_campaign(plan(), CheapFlyer(), 7, 10, out=tmp_path)
    assert fewer.flown == 0 and fewer.runs == 1000  # every stored run counts
    assert asked(tmp_path) == 1000
    assert judge_folder(tmp_path, plan()) == (whole.counts, whole.findings)


def test_shards_flown_apart_make_the_same_campaign(whole, tmp_path):
    for part in (2, 3, 1):
        results = run_campaign(plan(), CheapFlyer(), 7, 1000, out=tmp_path, shard=(part, 3))
        assert results.complete == (part == 1)
        assert bool(results.findings) == (part == 1)
        assert sum(results.counts.values()) == results.runs
    assert digest(results.table()) == digest(whole.table())
    with pytest.raises(ValueError, match="part 1 to 3"):
        run_campaign(plan(), CheapFlyer(), 7, 1000, out=tmp_path, shard=(0, 3))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"seed": 8}, "seed (7 there, 8 now)"),
        ({"nominal": NOMINAL + 1e-12}, "nominal"),
        ({"draws": ()}, "drawn, draws"),
        ({"parts": {"rcs.csv": b"x"}}, "parts.rcs.csv"),
        ({"code": {"laws.py": b"x"}}, "code.laws.py"),
        ({"case_text": "other"}, "case"),
        ({"sampling": "sobol"}, "sampling.name (plain there, sobol now)"),
    ],
)
def test_another_campaigns_folder_is_refused(tmp_path, change, named):
    run_campaign(plan(), CheapFlyer(), 7, 20, out=tmp_path)
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    seed = change.pop("seed", 7)
    with pytest.raises(StoreError) as caught:
        run_campaign(plan(**change), CheapFlyer(), seed, 20, out=tmp_path)
    assert f"holds another campaign: {named}" in str(caught.value)
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


def test_a_latin_hypercube_cannot_be_extended(tmp_path):
    run_campaign(plan(sampling="latin-hypercube"), CheapFlyer(), 7, 20, out=tmp_path)
    with pytest.raises(StoreError, match=r"sampling.runs \(20 there, 30 now\)"):
        run_campaign(plan(sampling="latin-hypercube"), CheapFlyer(), 7, 30, out=tmp_path)


def test_a_verdict_on_stratified_runs_says_what_it_assumes(whole):
    for sampling in ("latin-hypercube", "sobol"):
        results = run_campaign(plan(sampling=sampling), CheapFlyer(), 7, 256)
        assert results.findings[0].note == f"{sampling} sampling: the bounds assume independent runs"
    assert whole.findings[0].note == ""


def test_a_requirement_on_nothing_is_known_before_anything_flies(tmp_path):
    class Never(CheapFlyer):
        def fly(self, rows, seed, runs):
            raise AssertionError("flown")

    wrong = (Requirement("misss_m", at_most=3.0, share=0.9),)
    with pytest.raises(CaseError, match="did you mean 'miss_m'"):
        run_campaign(plan(requirements=wrong), Never(), 7, 20, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_only_the_columns_of_the_verdict_are_read():
    requirements = (
        Requirement("captured", at_least=0.9),
        Requirement("miss_m", at_most=3.0, share=0.9),
        Requirement(all_of=(Condition("contact"), Condition("fuel_kg", at_most=3.0)), at_least=0.5),
    )
    assert table_columns(plan(requirements=requirements)) == ["outcome", "fuel_kg", "miss_m"]


def test_progress_counts_up_to_the_end_and_brackets_the_estimate(whole):
    seen = []
    run_campaign(plan(), CheapFlyer(1e-3), 7, 400, jobs=2, progress=seen.append)
    assert seen[-1].done == seen[-1].total == 400
    assert [p.done for p in seen] == sorted(p.done for p in seen)
    assert (
        0 < seen[-1].rate < 4000
    )  # two workers that fly no more than 1,000 runs/s each; fewer on a busy machine
    assert seen[-1].interval.low < seen[-1].share < seen[-1].interval.high
    assert "400 of 400 runs" in seen[-1].sentence


def test_one_worker_tells_of_every_slice_and_not_of_every_shard():
    """A shard is four seconds of work: with one worker nothing would be heard for so long."""
    seen = []
    run_campaign(plan(), CheapFlyer(0.1), 7, 8, jobs=1, progress=seen.append)
    assert len({now.done for now in seen}) > 3


def test_what_is_compiled_before_the_first_flight_is_told_meanwhile():
    class Cold(CheapFlyer):
        """Compiles for a second, once."""

        ready = False

        def prepare(self):
            if not self.ready:
                time.sleep(1.0)
            Cold.ready = True

        def is_ready(self):
            return self.ready

    seen = []
    run_campaign(plan(), Cold(0.01), 7, 20, jobs=2, progress=seen.append)
    told = [now for now in seen if not np.isnan(now.compiling)]
    assert len(told) >= 2 and told[-1].compiling > told[0].compiling > 0.0
    assert all(now.done == 0 and now.sentence.startswith("compiling the flight, once") for now in told)
    assert seen[-1].done == 20 and np.isnan(seen[-1].compiling)
    assert 20.0 < seen[-1].rate < 250.0  # the second of compiling is not in it


class Broken(CheapFlyer):
    """Raises at run 500."""

    def fly(self, rows, seed, runs):
        if (runs >= 500).any():
            raise KeyboardInterrupt if self.delay == 0.0 else RuntimeError("a mistake of ours")
        return super().fly(rows, seed, runs)


@pytest.mark.parametrize(("engine", "flyer", "error"), [
    (Here(), Broken(), KeyboardInterrupt),
    (Here(), Broken(1e-6), RuntimeError),
    (Threads(3), Broken(1e-6), RuntimeError),
])  # fmt: skip
def test_what_was_flown_before_an_interrupt_is_kept(whole, tmp_path, engine, flyer, error):
    with pytest.raises(error):
        run_campaign(plan(), flyer, 7, 1000, out=tmp_path, using=engine)
    assert list((tmp_path / "tmp").iterdir()) == []
    assert events(tmp_path)[-1]["why"] == error.__name__
    done = run_campaign(plan(), CheapFlyer(), 7, 1000, out=tmp_path)
    assert 0 < done.flown < 1000
    assert digest(done.table()) == digest(whole.table())


def test_a_full_disk_stops_the_campaign_with_a_sentence_and_keeps_the_rest(whole, tmp_path, monkeypatch):
    from rvd.store import files

    real, left = os.write, [20]

    def write(descriptor, data):
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device")
        return real(descriptor, data)

    monkeypatch.setattr(files.os, "write", write)
    with pytest.raises(
        StoreError, match="disk is full; free some space and run again: what is stored is kept"
    ):
        run_campaign(plan(), CheapFlyer(1e-5), 7, 1000, jobs=2, out=tmp_path)
    monkeypatch.setattr(files.os, "write", real)
    assert list((tmp_path / "tmp").iterdir()) == []
    done = run_campaign(plan(), CheapFlyer(), 7, 1000, out=tmp_path)
    assert 0 < done.flown < 1000
    assert digest(done.table()) == digest(whole.table())


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("what", ["", "runs", "tmp", "manifest.json"])
def test_a_folder_that_vanishes_while_runs_are_flown_is_one_sentence(tmp_path, jobs, what):
    out = tmp_path / "out"

    class Vanishing(CheapFlyer):
        """At run 500 somebody clears the folder away, or a part of it."""

        def fly(self, rows, seed, runs):
            if (runs >= 500).any():
                with contextlib.suppress(FileNotFoundError):  # the other job was first
                    (out / what).rename(tmp_path / "gone")
            return super().fly(rows, seed, runs)

    with pytest.raises(StoreError, match=r"has gone|holds no results"):
        run_campaign(plan(), Vanishing(), 7, 1000, jobs=jobs, out=out)


@pytest.mark.parametrize(
    "error",
    [OSError(errno.EMFILE, "Too many open files"), MemoryError(), RuntimeError("can't start new thread")],
)
def test_what_the_system_lacks_keeps_what_was_flown(whole, tmp_path, error):
    class Short(CheapFlyer):
        """From run 500 on the system has no more to give."""

        def fly(self, rows, seed, runs):
            if (runs >= 500).any():
                raise error
            return super().fly(rows, seed, runs)

    with pytest.raises(type(error)):
        run_campaign(plan(), Short(), 7, 1000, jobs=2, out=tmp_path)
    done = run_campaign(plan(), CheapFlyer(), 7, 1000, out=tmp_path)
    assert 0 < done.flown < 1000
    assert digest(done.table()) == digest(whole.table())


def start(out, runs=1000, jobs=2, delay=0.0005):
    command = [sys.executable, "-m", "tests.montecarlo.cheap", str(out), str(runs), str(jobs), str(delay)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def until(condition, process):
    while not condition() and process.poll() is None:
        time.sleep(0.002)


def test_killed_campaigns_end_in_the_uninterrupted_table(whole, tmp_path):
    """SIGKILL at a random moment, again and again, until the campaign gets through."""
    rng = np.random.default_rng(0)
    kills = 0
    while kills < 4:
        process = start(tmp_path, delay=0.01)
        before = len(list((tmp_path / "runs").glob("*"))) if (tmp_path / "runs").exists() else 0
        until(lambda n=before: len(list((tmp_path / "runs").glob("*"))) > n, process)
        time.sleep(rng.uniform(0.0, 0.05))
        if process.poll() is not None:
            break
        process.kill()
        process.wait()
        kills += 1
    assert kills > 0
    process = start(tmp_path)
    _, errors = process.communicate()
    assert process.returncode == 0, errors.decode()
    done = run_campaign(plan(), CheapFlyer(), 7, 1000, out=tmp_path)
    assert done.flown == 0
    assert digest(done.table()) == digest(whole.table())
    assert list((tmp_path / "tmp").iterdir()) == []


def test_ctrl_c_keeps_what_was_flown_and_leaves_a_clean_folder(whole, tmp_path):
    process = start(tmp_path, runs=4000, delay=0.01)
    until(lambda: (tmp_path / "runs").exists() and any((tmp_path / "runs").iterdir()), process)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate()
    assert process.returncode != 0 and b"KeyboardInterrupt" in errors
    assert list((tmp_path / "tmp").iterdir()) == []
    assert events(tmp_path)[-1] | {"at": ""} == {"at": "", "event": "stopped", "why": "KeyboardInterrupt"}
    done = run_campaign(plan(), CheapFlyer(), 7, 4000, out=tmp_path)
    assert 0 < done.flown < 4000
    assert digest(done.table().slice(0, 1000)) == digest(whole.table())


def test_memory_is_flat_over_the_campaign(tmp_path):
    """The peak at 100,000 runs of 60 columns is that at 10,000: what is held does not grow with the runs."""
    peaks = []
    for runs in (10_000, 100_000):
        command = [
            sys.executable,
            "-m",
            "tests.montecarlo.cheap",
            "peak",
            str(tmp_path / str(runs)),
            str(runs),
        ]
        peaks.append(float(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout))
    assert peaks[1] < 1.2 * peaks[0]


def test_two_processes_on_one_folder_make_one_campaign(whole, tmp_path):
    processes = [start(tmp_path, delay=0.0005) for _ in range(2)]
    for process in processes:
        _, errors = process.communicate()
        assert process.returncode == 0, errors.decode()
    # Both have ended: what stands in the folder is what a plain reader of its files sees.
    assert plain(tmp_path) == list(range(1000))
    done = run_campaign(plan(), CheapFlyer(), 7, 1000, out=tmp_path)
    assert done.flown == 0
    assert digest(done.table()) == digest(whole.table())


def test_two_processes_one_killed_and_one_for_more_runs_leave_each_run_once(whole, tmp_path):
    first, second = start(tmp_path, runs=600, delay=0.0005), start(tmp_path, delay=0.0005)
    until(lambda: len(list((tmp_path / "runs").glob("*.parquet"))) > 3, first)
    first.kill()
    first.wait()
    _, errors = second.communicate()
    assert second.returncode == 0, errors.decode()
    assert plain(tmp_path) == list(range(1000))
    assert digest(table(tmp_path)) == digest(whole.table())


def test_flyers_that_make_no_table_are_refused():
    class Twice(CheapFlyer):
        columns = (*CheapFlyer.columns, ("start.vbar", np.dtype("f8")))

    class Nameless(CheapFlyer):
        columns = CheapFlyer.columns[1:]

    class Short(CheapFlyer):
        row_names = CheapFlyer.row_names[:3]

    class Wrong(CheapFlyer):
        def fly(self, rows, seed, runs):
            return super().fly(rows, seed, runs)[:, :2]

    class Strange(CheapFlyer):
        def fly(self, rows, seed, runs):
            return super().fly(rows, seed, runs) + 90.0

    for flyer, why in [
        (Twice, "twice"),
        (Nameless, "outcome"),
        (Short, "3 names"),
        (Wrong, "shape"),
        (Strange, "outcome"),
    ]:
        with pytest.raises(ValueError, match=why):
            run_campaign(plan(), flyer(), 7, 10, jobs=1)


def test_findings_of_a_campaign_are_json(whole):
    assert json.loads(json.dumps([f.to_json() for f in whole.findings], allow_nan=False))


def test_threads_wait_for_their_workers_when_closed():
    flying = threading.Event()

    class Slow:
        def fly(self, span, stop):
            flying.set()
            stop.wait()
            ended.append(span)
            return span

    ended: list[int] = []
    steps = Threads(2).run(Slow(), iter([1, 2, 3, 4, 5]))
    assert next(steps) is None
    flying.wait()
    steps.close()
    assert {1, 2} >= set(ended) > set()  # those in flight have ended, none has begun after them
