import contextlib
from pathlib import Path

import pytest

from rvd.errors import StoreError
from rvd.store import Folder, compact, digest, events, files, gathering, merge, table, without_doubles
from rvd.store.manifests import new_manifest
from rvd.store.shards import Span
from tests.store.test_folder import CASE, IDENTITY, plain, rows, snapshot


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
    from rvd.store.manifests import content_hash

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
    from rvd.store.manifests import content_hash

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
    from rvd.store.manifests import content_hash

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
    assert 0 < written <= 64 and len(list((tmp_path / "runs").iterdir())) == written
    assert digest(made.table()) == before and plain(tmp_path) == list(range(100))
    assert compact(made) == 0
    made.publish(rows(100, 130))
    assert digest(made.table()) == digest(rows(0, 130)) and plain(tmp_path) == list(range(130))
    assert made.missing(Span(0, 140)) == [Span(130, 140)] and made.missing_near(Span(90, 135)) == [
        Span(130, 135)
    ]


def test_files_made_once_are_not_made_again(tmp_path):
    made = folder(tmp_path, [(i, i + 1) for i in range(100)])
    compact(made)
    first = {path.name: path.read_bytes() for path in (tmp_path / "runs").iterdir()}
    for k in range(100, 190):
        made.publish(rows(k, k + 1))
    assert compact(made) == 45
    after = {path.name: path.read_bytes() for path in (tmp_path / "runs").iterdir()}
    assert after.items() > first.items() and len(after) == len(first) + 45
    assert plain(tmp_path) == list(range(190))


def test_few_shards_stay_as_they_are(tmp_path):
    made = folder(tmp_path, [(i, i + 1) for i in range(64)])
    before = snapshot(tmp_path)
    assert compact(made) == 0 and snapshot(tmp_path) == before


def test_a_disk_without_locks_keeps_its_shards(tmp_path, monkeypatch):
    @contextlib.contextmanager
    def no_locks(folder):
        yield False

    made = folder(tmp_path, [(i, i + 1) for i in range(90)])
    monkeypatch.setattr(gathering, "locked", no_locks)
    before = snapshot(tmp_path)
    assert compact(made) == 0 and snapshot(tmp_path) == before


def test_gaps_stay_gaps(tmp_path):
    spans = [(2 * i, 2 * i + 1) for i in range(80)]
    made = folder(tmp_path, spans)
    before = digest(made.table())
    compact(made)
    assert digest(made.table()) == before
    assert [tuple(span) for span in made.held()] == spans


class Ended(BaseException):
    """The process ends here."""


def ends_before(monkeypatch, call):
    """From the `call`-th of these steps on, nothing is done any more: as if the process had been killed."""
    left = [call]

    def dying(real):
        def step(*arguments, **keywords):
            left[0] -= 1
            if left[0] < 0:
                raise Ended
            return real(*arguments, **keywords)

        return step

    with monkeypatch.context() as patch:
        for module, name in [
            (gathering, "write_all"), (gathering, "_same_file"), (gathering, "replace"), (files.os, "rename"),
            (files.shutil, "rmtree"),
        ]:  # fmt: skip
            patch.setattr(module, name, dying(getattr(module, name)))
        patch.setattr(Path, "unlink", dying(Path.unlink))
        yield


@pytest.mark.parametrize("call", [*range(0, 45, 11), *range(45, 52)])
def test_wherever_a_rewrite_ends_no_reader_sees_a_run_twice_and_none_is_lost(tmp_path, monkeypatch, call):
    made = folder(tmp_path, [(i, i + 1) for i in range(90)])
    before = digest(made.table())
    with contextlib.suppress(Ended), contextlib.contextmanager(ends_before)(monkeypatch, call):
        compact(made)
    assert digest(table(tmp_path)) == before
    if (tmp_path / "runs").is_dir():
        assert plain(tmp_path) == list(range(90))
    again = Folder.open(tmp_path, made.manifest, CASE)
    compact(again)
    assert plain(tmp_path) == list(range(90)) and digest(again.table()) == before
    assert len(list((tmp_path / "runs").iterdir())) == 45 and not (tmp_path / "runs.new").exists()


def doubled(path, spans):
    """A folder into which shards of other processes were copied, on a disk without locks say."""
    made = folder(path / "out", [])
    for k, span in enumerate(spans):
        other = folder(path / str(k), [span])
        (shard,) = (other.path / "runs").iterdir()
        shard.rename(made.path / "runs" / shard.name)
    return made


LAPPED = [
    [(0, 20), (15, 30)],
    [(0, 40), (10, 20), (20, 30), (35, 60)],
    [(0, 10), (5, 15), (10, 20), (19, 20), (15, 40), (50, 60)],
]


@pytest.mark.parametrize("spans", LAPPED)
def test_shards_that_share_runs_are_cut_back(tmp_path, spans):
    made = doubled(tmp_path, spans)
    every = sorted({run for a, b in spans for run in range(a, b)})
    assert plain(made.path) != every
    before = digest(made.table())
    assert without_doubles(made) > 0
    assert plain(made.path) == every and digest(made.table()) == before
    assert without_doubles(made) == 0 and list((made.path / "tmp").iterdir()) == []


@pytest.mark.parametrize("call", range(4))
def test_wherever_cutting_back_ends_no_run_is_lost(tmp_path, monkeypatch, call):
    made = doubled(tmp_path, LAPPED[2])
    before = digest(made.table())
    with contextlib.suppress(Ended), contextlib.contextmanager(ends_before)(monkeypatch, call):
        without_doubles(made)
    assert digest(table(made.path)) == before
    without_doubles(made)
    assert digest(made.table()) == before and len(plain(made.path)) == made.table().num_rows


def test_nothing_is_cut_where_results_differ_or_a_name_is_wrong(tmp_path):
    made = doubled(tmp_path, [(0, 20)])
    (other,) = (folder(tmp_path / "other", [(15, 30)], shift=1e-9).path / "runs").iterdir()
    other.rename(made.path / "runs" / other.name)
    before = snapshot(made.path)
    with pytest.raises(StoreError, match="holds other results of run 15 to 19 than 00000000"):
        without_doubles(made)
    assert snapshot(made.path) == before
    (made.path / "runs" / "00000015.parquet").rename(made.path / "runs" / "a.parquet")
    assert without_doubles(made) == 0


def test_a_folder_of_an_earlier_version_is_read(tmp_path):
    made = folder(tmp_path, [(0, 5), (5, 9)])
    (tmp_path / "compact").mkdir()
    (tmp_path / "runs" / "00000000.parquet").rename(tmp_path / "compact" / "00000000.parquet")
    assert digest(made.table()) == digest(rows(0, 9))
