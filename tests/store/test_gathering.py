import numpy as np
import pytest

from rvd.errors import StoreError
from rvd.store import Folder, compact, digest, events, gathering, merge, table
from rvd.store.manifest import new_manifest
from rvd.store.shards import Span
from tests.store.test_folder import CASE, IDENTITY, rows, snapshot


def folder(path, spans, identity=IDENTITY, shift=0.0):
    made = Folder.open(path, new_manifest(identity), CASE)
    for first, last in spans:
        made.publish(rows(first, last, shift))
    return made


def test_merging_disjoint_runs_gives_the_whole_campaign(tmp_path):
    one = folder(tmp_path / "one", [(0, 10), (30, 40)])
    two = folder(tmp_path / "two", [(10, 30)])
    before = snapshot(one.path), snapshot(two.path)
    whole = merge([one.path, two.path], tmp_path / "out")
    assert digest(whole.table()) == digest(rows(0, 40))
    assert (snapshot(one.path), snapshot(two.path)) == before
    assert [e["folder"] for e in events(whole.path) if e["event"] == "merged"] == [
        str(one.path),
        str(two.path),
    ]


def test_two_folders_that_hold_one_run_are_refused_before_anything_is_written(tmp_path):
    one = folder(tmp_path / "one", [(0, 25)])
    two = folder(tmp_path / "two", [(0, 10), (20, 40)])
    with pytest.raises(
        StoreError, match=r"two: holds run 0, and so does .*one; merge folders whose runs are apart"
    ):
        merge([one.path, two.path], tmp_path / "out")
    with pytest.raises(StoreError, match="holds run 0, and so does"):
        merge([one.path, one.path], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_merging_again_or_into_a_folder_that_holds_some_takes_each_run_once(tmp_path):
    one = folder(tmp_path / "one", [(0, 25)])
    two = folder(tmp_path / "two", [(0, 10), (20, 40)])
    whole = merge([two.path], one.path)
    assert digest(whole.table()) == digest(rows(0, 40))
    assert sum(span.last - span.first for span in whole.held()) == 40
    assert digest(merge([two.path], one.path).table()) == digest(rows(0, 40))


def test_other_results_of_one_run_are_refused(tmp_path):
    one = folder(tmp_path / "one", [(0, 25)])
    two = folder(tmp_path / "two", [(20, 40)], shift=1e-9)
    before = snapshot(one.path)
    with pytest.raises(StoreError, match="holds other results of some runs"):
        merge([two.path], one.path)
    after = snapshot(one.path)
    assert all(after[name].startswith(content) for name, content in before.items())


def test_what_the_case_names_goes_along(tmp_path):
    from rvd.store.manifest import content_hash

    identity = {**IDENTITY, "parts": {"parts/rcs.csv": content_hash(b"nozzles")}}
    paths = [folder(tmp_path / name, [span], identity).path for name, span in (("a", (0, 5)), ("b", (5, 9)))]
    with pytest.raises(StoreError, match=r"rcs\.csv: is missing, or is not what was flown"):
        merge(paths, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    for path, content in zip(paths, (b"edited", b"nozzles"), strict=True):
        (path / "parts").mkdir()
        (path / "parts" / "rcs.csv").write_bytes(content)
    merge(paths, tmp_path / "out")
    assert (tmp_path / "out" / "parts" / "rcs.csv").read_bytes() == b"nozzles"


def test_nothing_is_written_outside_whatever_a_manifest_says(tmp_path):
    from rvd.store.manifest import content_hash

    evil = {"parts": {"../../evil/evil.pth": content_hash(b"import os")}}
    one = tmp_path / "bundle" / "a" / "b"
    made = Folder.open(one, new_manifest(IDENTITY), CASE)
    made.publish(rows(0, 5))
    (one / "manifest.json").write_text(new_manifest({**IDENTITY, **evil}).to_text())
    (tmp_path / "bundle" / "evil").mkdir()
    (tmp_path / "bundle" / "evil" / "evil.pth").write_bytes(b"import os")
    before = snapshot(tmp_path)
    with pytest.raises(
        StoreError, match=r"names a file '\.\./\.\./evil/evil\.pth' that leads out of the folder"
    ):
        merge([one], tmp_path / "results" / "mine")
    assert snapshot(tmp_path) == before and not (tmp_path / "results").exists()


def test_a_file_that_a_link_brings_in_is_not_taken(tmp_path):
    from rvd.store.manifest import content_hash

    (tmp_path / "secret").write_bytes(b"secret")
    one = folder(tmp_path / "one", [(0, 5)], {**IDENTITY, "parts": {"a.csv": content_hash(b"secret")}})
    (one.path / "a.csv").symlink_to(tmp_path / "secret")
    with pytest.raises(StoreError, match="by a link"):
        merge([one.path], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_other_campaigns_are_refused_before_anything_is_written(tmp_path):
    one = folder(tmp_path / "one", [(0, 25)])
    two = folder(tmp_path / "two", [(25, 40)], {**IDENTITY, "seed": 8})
    with pytest.raises(StoreError, match=r"another campaign than .*one: seed \(7 there, 8 now\) differ"):
        merge([one.path, two.path], tmp_path / "out")
    assert not (tmp_path / "out").exists()
    with pytest.raises(StoreError, match="nothing to merge"):
        merge([], tmp_path / "out")


def test_many_shards_become_few_and_the_table_stays(tmp_path):
    made = folder(tmp_path, [(i, i + 1) for i in range(100)])
    before = digest(made.table())
    written = compact(made)
    assert 0 < written <= 64
    assert not list((tmp_path / "runs").iterdir()) and len(list((tmp_path / "compact").iterdir())) == written
    assert digest(made.table()) == before
    assert compact(made) == 0
    made.publish(rows(100, 130))
    assert digest(made.table()) == digest(rows(0, 130))
    assert made.missing(Span(0, 140)) == [Span(130, 140)]


def test_few_shards_stay_as_they_are(tmp_path):
    made = folder(tmp_path, [(i, i + 1) for i in range(64)])
    assert compact(made) == 0 and not (tmp_path / "compact").exists()


def test_gaps_stay_gaps(tmp_path):
    spans = [(2 * i, 2 * i + 1) for i in range(80)]
    made = folder(tmp_path, spans)
    before = digest(made.table())
    compact(made)
    assert digest(made.table()) == before
    assert [tuple(span) for span in made.held()] == spans


@pytest.mark.parametrize("stop", range(0, 60, 7))
def test_an_interrupted_rewrite_loses_nothing_and_is_finished_later(tmp_path, monkeypatch, stop):
    made = folder(tmp_path, [(i, i + 1) for i in range(90)])
    before, left = digest(made.table()), [stop]
    real = gathering.publish

    def publish(*arguments):
        left[0] -= 1
        made = real(*arguments) if left[0] > 0 else False
        if left[0] <= 0:
            raise KeyboardInterrupt
        return made

    monkeypatch.setattr(gathering, "publish", publish)
    if stop < 45:
        with pytest.raises(KeyboardInterrupt):
            compact(made)
    assert digest(made.table()) == before
    monkeypatch.setattr(gathering, "publish", real)
    compact(made)
    assert digest(table(tmp_path)) == before


def test_a_file_of_an_earlier_attempt_keeps_its_shards(tmp_path):
    made = folder(tmp_path, [(i, i + 1) for i in range(90)])
    before = digest(made.table())
    (tmp_path / "compact").mkdir()
    from rvd.store.shards import to_bytes

    (tmp_path / "compact" / "00000000.parquet").write_bytes(to_bytes(rows(0, 1), made.manifest.name))
    compact(made)
    assert digest(made.table()) == before
    assert len(list((tmp_path / "runs").iterdir())) == 2
    assert np.array_equal(made.table()["run"].to_numpy(), np.arange(90))
