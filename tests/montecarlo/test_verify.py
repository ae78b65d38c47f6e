import numpy as np

from rvd.montecarlo.run import run_campaign
from rvd.montecarlo.verify import verify
from rvd.store import Folder, manifest
from rvd.store.shards import to_bytes
from tests.montecarlo.cheap import CheapFlyer, plan


def test_stored_runs_flown_again_are_equal_bit_for_bit(tmp_path):
    run_campaign(plan(), CheapFlyer(), 7, 200, out=tmp_path)
    for sample in (1, 20, 500):
        found = verify(tmp_path, plan(), CheapFlyer(), sample)
        assert found.equal and not found.elsewhere
        assert len(found.runs) == min(max(sample, 1), 200)
        assert found.sentence.endswith("flown again: equal bit for bit (same machine)")
    assert {0, 199} < set(verify(tmp_path, plan(), CheapFlyer(), 20).runs)


def test_stratified_campaigns_are_verified_with_their_design(tmp_path):
    for sampling in ("latin-hypercube", "sobol"):
        run_campaign(plan(sampling=sampling), CheapFlyer(), 7, 50, out=tmp_path / sampling)
        assert verify(tmp_path / sampling, plan(sampling=sampling), CheapFlyer()).equal


class Turned(CheapFlyer):
    """Another flyer of the same columns: one unit in the last place of one column."""

    def fly(self, rows, seed, runs):
        results = super().fly(rows, seed, runs)
        results[:, 4] = np.nextafter(results[:, 4], np.inf)
        return results


def test_the_last_bit_of_one_column_is_seen(tmp_path):
    run_campaign(plan(), CheapFlyer(), 7, 30, out=tmp_path)
    found = verify(tmp_path, plan(), Turned(), 5)
    assert not found.equal
    assert {name for _, name, _, _ in found.differing} == {"fuel_kg"}
    assert "5 numbers differ, the first in run 0: fuel_kg" in found.sentence


def test_a_stored_number_changed_with_all_its_seals_is_seen(tmp_path):
    run_campaign(plan(), CheapFlyer(), 7, 10, jobs=1, out=tmp_path)
    store = Folder.open(tmp_path, manifest(tmp_path), plan().case_text)
    rows = store.table()
    values = rows["fuel_kg"].to_numpy().copy()
    values[4] *= -1.0
    for path in (tmp_path / "runs").iterdir():
        path.unlink()
    forged = rows.set_column(rows.schema.get_field_index("fuel_kg"), rows.schema.field("fuel_kg"), [values])
    (tmp_path / "runs" / "00000000.parquet").write_bytes(to_bytes(forged, store.manifest.name))
    found = verify(tmp_path, plan(), CheapFlyer())
    assert [(run, name) for run, name, _, _ in found.differing] == [(4, "fuel_kg")]


def test_it_says_what_is_not_as_it_was(tmp_path):
    run_campaign(plan(), CheapFlyer(), 7, 10, out=tmp_path)
    found = verify(tmp_path, plan(requirements=()), CheapFlyer())
    assert found.elsewhere == ()
    found = verify(tmp_path, plan(parts={"new.csv": b"1"}), CheapFlyer())
    assert found.equal and found.elsewhere == ("parts.new.csv",)
    assert "not where they were flown: parts.new.csv" in found.sentence
