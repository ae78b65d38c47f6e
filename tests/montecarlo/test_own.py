"""A campaign with a law of the user's own: its hash, its folder, its workers."""

import json
import os
import pickle
import subprocess
import sys

import numpy as np
import pytest

import rvd
from rvd.errors import StoreError
from rvd.montecarlo.mission import Mission
from rvd.montecarlo.plan import Plan
from rvd.montecarlo.run import run_campaign
from rvd.store import digest, manifest
from rvd.store import table as read
from tests.own_case import HEAD, own_case, write_own
from validation.speed.own_law import copied

STILL = f"{HEAD}@own_law\ndef mine(leg, now):\n    return track(leg.to_leg, (0.0, 0.0, 0.0), over=True)\n"
RUNS = 6


@pytest.fixture
def case(tmp_path):
    """The case with the house's straight line as a user's law, without its drifts."""
    return own_case(tmp_path, copied(), "copied", passive=None, require=None)


def test_the_plan_holds_the_text_of_each_law(case):
    plan = Mission(case).plan
    assert isinstance(plan, Plan) and plan.code == {"my_laws.py": copied().encode()}
    assert Mission(case.with_values({"leg.RI to hold point.law": "straight"})).plan.code == {}


def test_the_table_is_the_same_on_threads_in_shards_and_as_the_house_flies_it(case, tmp_path):
    alone = rvd.campaign(case, runs=RUNS, seed=3, jobs=1)
    threads = rvd.campaign(case, runs=RUNS, seed=3, jobs=2)
    shards = [
        rvd.campaign(case, runs=RUNS, seed=3, jobs=1, out=tmp_path / "out", shard=(i, 2)) for i in (1, 2)
    ]
    house = rvd.campaign(
        case.with_values({"leg.RI to hold point.law": "straight"}), runs=RUNS, seed=3, jobs=1
    )
    tables = [results.table() for results in (alone, threads, shards[1], house)]
    parts = [
        rvd.campaign(case, runs=RUNS, seed=3, jobs=1, out=tmp_path / f"part{i}", shard=(i, 2)).folder
        for i in (1, 2)
    ]
    merged = rvd.merge(parts, tmp_path / "merged")
    assert (merged.folder / "my_laws.py").read_text() == copied() and rvd.verify(merged.folder).equal
    assert digest(read(merged.folder)) == digest(alone.table())
    assert shards[1].complete and len({digest(table) for table in tables}) == 1


def test_a_folder_keeps_the_law_and_refuses_another(case, tmp_path):
    out, file = tmp_path / "out", tmp_path / "my_laws.py"
    rvd.campaign(case, runs=2, seed=3, jobs=1, out=out)
    assert list(manifest(out).identity["code"]) == ["my_laws.py"]
    assert (out / "my_laws.py").read_text() == copied()
    file.write_text(copied() + "\n# another thought\n")
    kept = sorted(path.name for path in (out / "runs").iterdir())
    changed = case.with_values({})
    with pytest.raises(StoreError, match=r"holds another campaign: code\.my_laws\.py differ; choose another"):
        rvd.campaign(changed, runs=RUNS, seed=3, jobs=1, out=out)
    assert sorted(path.name for path in (out / "runs").iterdir()) == kept
    assert (out / "my_laws.py").read_text() == copied()
    assert rvd.campaign(case, runs=RUNS, seed=3, jobs=1, out=out).flown == RUNS - 2


def test_stored_runs_are_verified_with_the_law_in_the_folder(case, tmp_path):
    out = tmp_path / "out"
    rvd.campaign(case, runs=3, seed=3, jobs=1, out=out)
    (tmp_path / "my_laws.py").unlink()
    done = rvd.verify(out)
    assert done.equal and not done.elsewhere
    (out / "my_laws.py").write_text(copied().replace("now.s)", "0.999 * now.s)"))
    with pytest.raises(StoreError, match=r"my_laws\.py: is not what was flown"):
        rvd.verify(out, trust=True)


def test_the_law_travels_to_a_worker_as_its_text(case, tmp_path):
    """What is sent flies elsewhere: in a process that has neither the file nor what was compiled of it."""
    mission = Mission(case)
    here = mission.flyer.fly(mission.plan.nominal[None], 3, np.array([5]))
    (tmp_path / "sent").write_bytes(pickle.dumps((mission.flyer, mission.plan.nominal)))
    (tmp_path / "my_laws.py").unlink()
    program = (
        "import pickle, sys, numpy as np\n"
        "flyer, row = pickle.load(open(sys.argv[1], 'rb'))\n"
        "flyer.fly(row[None], 3, np.array([5])).tofile(sys.argv[2])\n"
    )
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "sent"), str(tmp_path / "got")],
        cwd=elsewhere,
        check=True,
    )
    assert (tmp_path / "got").read_bytes() == here.tobytes()


def test_workers_of_a_cluster_fly_it(case, tmp_path):
    distributed = pytest.importorskip("distributed")
    from rvd.montecarlo.cluster import Cluster

    mission = Mission(case)
    whole = run_campaign(mission.plan, mission.flyer, 3, RUNS, jobs=1)
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        (tmp_path / "my_laws.py").unlink()
        results = run_campaign(
            mission.plan, mission.flyer, 3, RUNS, out=tmp_path / "out", using=Cluster(client)
        )
    assert digest(results.table()) == digest(whole.table())


WRONG = {
    "my_laws.py": (None, "does not exist"),
    "not Python": ("def mine(leg, now:\n", "this is not Python"),
    "does not run": (STILL + "\n1 / 0\n", "does not run"),
    "does not compile": (STILL.replace("leg.to_leg", "leg.toil"), "does not compile"),
    "returns a number": (STILL.replace("return track", "return 3.0\n    return track"), "my_laws.py"),
}


@pytest.mark.parametrize("what", WRONG)
def test_commands_end_with_a_sentence(what, tmp_path):
    path = write_own(tmp_path, STILL)
    text, sentence = WRONG[what]
    (tmp_path / "my_laws.py").write_text(text) if text is not None else (tmp_path / "my_laws.py").unlink()
    for command in (["check"], ["campaign", "--runs", "1", "--quiet", "--out", "out"]):
        done = subprocess.run(
            [sys.executable, "-m", "rvd.cli", command[0], path.name, *command[1:]],
            cwd=tmp_path, env=os.environ, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 2, done.stderr
        # A busy machine may take so long to compile the law that it is told.
        said = [line for line in done.stderr.splitlines() if not line.startswith("compil")]
        assert sentence in done.stderr and "Traceback" not in done.stderr and len(said) == 1
    assert not (tmp_path / "out").exists()


def test_check_says_what_it_found(tmp_path):
    path = write_own(tmp_path, STILL.replace("):\n", '):\n    """Stays."""\n', 1))
    command = [sys.executable, "-m", "rvd.cli", "check", str(path)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "RI to hold point: flown by mine of my_laws.py (Stays) to 250 m below" in said
    values = json.loads(subprocess.run([*command, "--json"], capture_output=True, check=True).stdout)[
        "values"
    ]
    assert values["leg"][3]["law"] == "my_laws.py:mine"
