import numpy as np
import pyarrow as pa
import pytest

from rvd.core.signals import Alarm, Outcome
from rvd.montecarlo.run import run_campaign
from rvd.montecarlo.words import margins_of, names, success_of, told, worded, words_of
from rvd.montecarlo.worker import Task
from rvd.store import Folder, arrays_of, digest, table
from tests.montecarlo.cheap import CheapFlyer, plan


class Worded(CheapFlyer):
    """With legs by name and alarms; every seventh run is lost."""

    leg_names = ("wait", "climb", "box", "a", "b", "c")
    columns = (*CheapFlyer.columns, ("alarm", np.dtype("i1")))

    def fly(self, rows, seed, runs):
        results = np.column_stack([super().fly(rows, seed, runs), np.where(runs % 3 == 0, 4.0, 0.0)])
        results[runs % 7 == 6, 2:] = np.nan
        return results


class Ruled(CheapFlyer):
    """With rules."""

    rules = (("corridor", "m"), ("plume", "m/s"), ("ellipsoid", "m"))


class Docking(CheapFlyer):
    """With the goal of a docking."""

    columns = tuple(("docked" if name == "captured" else name, kind) for name, kind in CheapFlyer.columns)


def test_the_word_of_success_is_the_column_of_the_goal():
    assert (success_of(CheapFlyer()), success_of(Docking())) == ("captured", "docked")
    seen = []
    run_campaign(plan(requirements=()), Docking(), 7, 40, jobs=1, progress=seen.append)
    assert ", docked " in seen[-1].sentence and "captured" not in seen[-1].sentence
    asked = plan(requirements=())
    (row,) = Task(asked, Docking(), asked.sampler(40), 7).lost(np.array([3])).to_pylist()
    assert row["outcome_word"] == "lost" and row["docked"] is False and row["leg"] is None


def test_words_follow_their_codes():
    rows = pa.table({"run": [0, 1, 2], "leg": pa.array([1, None, 9], pa.int16()), "x": [1.0, 2.0, 3.0]})
    both = worded(rows, {"leg": ("wait", "climb")})
    assert both.column_names == ["run", "leg", "leg_word", "x"]
    assert both["leg_word"].to_pylist() == ["climb", None, None]
    assert arrays_of(both)["leg_word"].tolist() == ["climb", None, None]


def test_the_words_of_codes_are_their_names():
    assert names(Outcome)[:3] == ("flying", "captured", "left_box") and names(Alarm)[4] == "attitude"
    assert words_of(Worded())["leg"] == ("wait", "climb", "box", "a", "b", "c", "abort")
    assert set(words_of(CheapFlyer())) == {"outcome"}


def test_each_field_has_its_unit_and_meaning():
    rows = told(pa.table({"propellant_used": [1.0], "chaser.thrusters.force.FA4": [1.0], "miss_m": [1.0]}))
    marks = [field.metadata for field in rows.schema]
    assert marks[0] == {b"unit": b"kg", b"meaning": b"propellant used"}
    assert b"nozzle FA4" in marks[1][b"meaning"] and marks[2] == {b"unit": b"", b"meaning": b""}


def test_a_margin_has_the_unit_of_its_rule_whatever_the_name():
    """A rule may be named as one of the parts that ship, and be of another kind."""
    rows = pa.table({"corridor_margin": [1.0], "plume_margin": [1.0], "ellipsoid_margin": [1.0]})
    marks = {field.name: field.metadata for field in told(rows, margins_of(Ruled())).schema}
    assert marks["corridor_margin"] == {b"unit": b"m", b"meaning": b"smallest margin of the rule corridor"}
    assert marks["plume_margin"][b"unit"] == b"m/s"
    assert marks["ellipsoid_margin"][b"meaning"].startswith(
        b"smallest distance outside the approach ellipsoid"
    )
    assert margins_of(CheapFlyer()) == ()


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_folder_holds_words_and_meanings_however_it_was_cut(tmp_path, jobs):
    memory = run_campaign(plan(), Worded(), 7, 60, jobs=1)
    folder = run_campaign(plan(), Worded(), 7, 60, jobs=jobs, out=tmp_path)
    assert isinstance(folder.store, Folder) and digest(folder.table()) == digest(memory.table())
    assert folder.table().schema.equals(memory.table().schema, check_metadata=True)
    rows = table(tmp_path, ["outcome", "outcome_word", "alarm_word"])
    assert {Outcome(code).name.lower() for code in rows["outcome"].to_pylist()} == set(
        rows["outcome_word"].to_pylist()
    )
    assert rows.schema.field("outcome_word").metadata[b"meaning"] == b"how the run ended"


def test_a_changed_word_is_seen():
    rows = run_campaign(plan(), Worded(), 7, 20, jobs=1).table()
    words = rows["leg_word"].to_pylist()
    at = rows.schema.get_field_index("leg_word")
    for other in (["wait", *words[1:]], [None, *words[1:]]):
        changed = rows.set_column(at, "leg_word", pa.chunked_array([pa.array(other).dictionary_encode()]))
        assert (digest(changed) == digest(rows)) == (other == words)
