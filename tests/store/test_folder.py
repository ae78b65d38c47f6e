import os

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from rvd.errors import StoreError
from rvd.store import Folder, Memory, arrays_of, asked, digest, events, manifest, table
from rvd.store.folder import nullable, rows_table
from rvd.store.manifests import new_manifest
from rvd.store.shards import Span, spans_missing

IDENTITY = {"case": "abc", "seed": 7}
CASE = 'title = "a case"\n'


def rows(first, last, shift=0.0):
    runs = np.arange(first, last)
    x = np.sin(runs) + shift
    x[runs % 5 == 0] = np.nan
    return rows_table(runs, {"outcome": runs % 3, "x": x, "chaser.mass": 1.0 * runs, "late": runs % 2 == 0})


@pytest.fixture
def folder(tmp_path):
    return Folder.open(tmp_path / "out", new_manifest(IDENTITY), CASE)


def plain(path):
    """The runs that a plain reader of the files sees, as pandas, Polars or DuckDB do."""
    return sorted(pq.read_table(path / "runs")["run"].to_pylist())


def snapshot(path):
    return {p.relative_to(path): p.read_bytes() for p in path.rglob("*") if p.is_file()}


def test_the_table_is_the_same_however_it_was_cut(tmp_path, folder):
    other = Folder.open(tmp_path / "other", new_manifest(IDENTITY), CASE)
    for first, last in [(40, 100), (0, 7), (7, 40)]:
        folder.publish(rows(first, last))
    other.publish(rows(0, 100))
    assert folder.table().schema.equals(other.table().schema, check_metadata=True)
    assert digest(folder.table()) == digest(other.table()) == digest(rows(0, 100))
    assert folder.table()["run"].to_pylist() == list(range(100))
    assert sorted(p.name for p in (folder.path / "runs").iterdir()) == [
        "00000000.parquet",
        "00000007.parquet",
        "00000040.parquet",
    ]
    assert list((folder.path / "tmp").iterdir()) == []


def test_the_digest_sees_every_value_name_and_type(folder):
    base = rows(0, 10)
    seen = {digest(base), digest(rows(0, 11)), digest(rows(1, 11)), digest(rows(0, 10, 1e-16 + 1e-9))}
    seen.add(digest(base.rename_columns(["run", "outcome", "y", "chaser.mass", "late"])))
    seen.add(digest(rows_table(np.arange(10), {"outcome": (np.arange(10) % 3).astype(np.int32)})))
    assert len(seen) == 6
    assert digest(base.take([3, 1, 2, 0, 4, 5, 6, 7, 8, 9])) == digest(base)
    assert digest(base.select(list(reversed(base.column_names)))) == digest(base)


def test_a_row_with_nan_is_a_row(folder):
    folder.publish(rows(0, 10))
    assert folder.table().num_rows == 10
    assert np.isnan(folder.table()["x"].to_numpy()[[0, 5]]).all()


def test_a_quantity_that_does_not_exist_is_null(folder):
    """In the validity of the column, not as a number: a plain reader of the file sees that it is missing."""
    runs, x = np.arange(10), np.where(np.arange(10) % 4 == 0, np.nan, 2.0 * np.arange(10))
    kinds = {"x": np.dtype("f8"), "leg": np.dtype("i2"), "flag": np.dtype("?")}
    made = rows_table(runs, {"outcome": runs, **{name: nullable(x, kind) for name, kind in kinds.items()}})
    folder.publish(made)
    plain = pq.read_table(folder.path / "runs")
    for name, kind in kinds.items():
        assert plain.schema.field(name).type == pa.from_numpy_dtype(kind)
        assert plain[name].null_count == 3 and plain[name].is_null().to_pylist() == (runs % 4 == 0).tolist()
    assert plain["x"].drop_null().to_pylist() == x[runs % 4 != 0].tolist()
    values = arrays_of(folder.table())
    np.testing.assert_array_equal(values["x"], x)
    np.testing.assert_array_equal(values["leg"], x)
    assert values["flag"][1] == 1.0 and np.isnan(values["flag"][0])
    assert values["run"].dtype == np.int64


def test_the_digest_tells_null_from_a_number_and_from_nan():
    runs = np.arange(3)
    columns = (
        np.array([0.0, 1.0, 2.0]),
        np.array([np.nan, 1.0, 2.0]),
        nullable(np.array([np.nan, 1.0, 2.0]), "f8"),
    )
    assert len({digest(rows_table(runs, {"x": column})) for column in columns}) == 3


def test_words_are_read_and_digested_by_what_they_say():
    rows = [
        rows_table(np.arange(3), {"word": pa.array(words)}) for words in (["a", None, "b"], ["a", "c", "b"])
    ]
    coded = rows_table(np.arange(3), {"word": pa.array(["a", None, "b"]).dictionary_encode()})
    assert arrays_of(rows[0])["word"].tolist() == arrays_of(coded)["word"].tolist() == ["a", None, "b"]
    again = rows_table(np.arange(3), {"word": pa.array(["a", None, "b"])})
    assert digest(rows[0]) == digest(again) != digest(rows[1])


def test_columns_are_read_alone(folder):
    folder.publish(rows(0, 10))
    assert table(folder.path, ["chaser.mass"]).column_names == ["run", "chaser.mass"]
    with pytest.raises(StoreError, match="has no column 'y'"):
        table(folder.path, ["y"])


def test_what_is_missing(folder):
    assert folder.missing(Span(0, 50)) == [Span(0, 50)]
    folder.publish(rows(10, 20))
    folder.publish(rows(30, 40))
    assert folder.missing(Span(0, 50)) == [Span(0, 10), Span(20, 30), Span(40, 50)]
    assert folder.missing(Span(12, 32)) == [Span(20, 30)]
    assert folder.missing(Span(0, 0)) == []


def test_spans_missing_is_the_complement():
    rng = np.random.default_rng(0)
    for _ in range(300):
        starts = rng.integers(0, 60, size=rng.integers(0, 6))
        held = [Span(int(a), int(a + rng.integers(1, 20))) for a in starts]
        wanted = Span(int(rng.integers(0, 20)), int(rng.integers(20, 70)))
        have = {run for a, b in held for run in range(a, b)}
        missing = [run for a, b in spans_missing(held, wanted) for run in range(a, b)]
        assert missing == [run for run in range(*wanted) if run not in have]


def test_opening_again_continues_and_keeps_the_manifest(folder):
    folder.publish(rows(0, 5))
    before = snapshot(folder.path)
    again = Folder.open(folder.path, new_manifest(IDENTITY), CASE)
    assert snapshot(folder.path) == before
    assert again.held() == [Span(0, 5)]
    assert again.manifest == folder.manifest


def test_another_campaign_is_refused_and_nothing_is_overwritten(folder):
    folder.publish(rows(0, 5))
    before = snapshot(folder.path)
    with pytest.raises(StoreError, match=r"another campaign: seed \(7 there, 8 now\) differ; choose another"):
        Folder.open(folder.path, new_manifest({**IDENTITY, "seed": 8}), CASE)
    with pytest.raises(StoreError, match="another case than the one flown"):
        Folder.open(folder.path, new_manifest(IDENTITY), CASE + "# edited\n")
    assert snapshot(folder.path) == before


def test_a_folder_with_other_files_is_left_alone(tmp_path):
    (tmp_path / "thesis.tex").write_text("years of work")
    before = snapshot(tmp_path)
    with pytest.raises(StoreError, match=r"no manifest but other files \(thesis.tex\)"):
        Folder.open(tmp_path, new_manifest(IDENTITY), CASE)
    assert snapshot(tmp_path) == before


def test_a_case_file_of_the_users_is_not_overwritten(tmp_path):
    (tmp_path / "case.toml").write_text("mine = 1\n")
    with pytest.raises(StoreError, match="another case"):
        Folder.open(tmp_path, new_manifest(IDENTITY), CASE)
    assert (tmp_path / "case.toml").read_text() == "mine = 1\n"
    assert not (tmp_path / "manifest.json").exists()


def test_a_folder_whose_making_was_killed_is_made_whole(tmp_path):
    (tmp_path / "runs").mkdir()
    (tmp_path / "tmp").mkdir()
    (tmp_path / "case.toml").write_text(CASE)
    assert Folder.open(tmp_path, new_manifest(IDENTITY), CASE).held() == []


def test_a_file_in_the_folders_place_is_refused(tmp_path):
    (tmp_path / "out").write_text("x")
    with pytest.raises(StoreError, match="is a file where a folder is needed"):
        Folder.open(tmp_path / "out", new_manifest(IDENTITY), CASE)


@pytest.mark.parametrize("keep", [0, 3, 100, -1, -9])
def test_a_truncated_shard_is_one_sentence_and_stays(folder, keep):
    folder.publish(rows(0, 50))
    folder.publish(rows(50, 60))
    path = folder.path / "runs" / "00000000.parquet"
    path.write_bytes(path.read_bytes()[:keep])
    before = snapshot(folder.path)
    for act in (folder.held, folder.table, lambda: folder.missing(Span(0, 60))):
        with pytest.raises(StoreError, match=r"00000000\.parquet: is damaged; move it away and run"):
            act()
    assert snapshot(folder.path) == before
    path.rename(folder.path / "away")
    assert folder.missing(Span(0, 60)) == [Span(0, 50)]


def test_no_flipped_byte_of_a_shard_goes_unnoticed(folder):
    """Every byte of a small shard: the change is a StoreError or does not touch a value."""
    folder.publish(rows(0, 40))
    path = folder.path / "runs" / "00000000.parquet"
    whole, good = path.read_bytes(), digest(folder.table())
    refused = 0
    for at in range(0, len(whole), 3):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        try:
            assert digest(folder.table()) == good, at
        except StoreError:
            refused += 1
    assert refused > len(whole) // 6


def test_a_foreign_shard_is_refused(tmp_path, folder):
    other = Folder.open(tmp_path / "other", new_manifest({"case": "else"}), CASE)
    other.publish(rows(0, 5))
    (other.path / "runs" / "00000000.parquet").rename(folder.path / "runs" / "00000000.parquet")
    with pytest.raises(StoreError, match="is of another campaign"):
        folder.held()


def test_no_run_stands_in_two_shards(folder):
    folder.publish(rows(0, 20))
    folder.publish(rows(15, 30))
    folder.publish(rows(40, 50))
    folder.publish(rows(5, 60))
    assert plain(folder.path) == list(range(60))
    assert digest(folder.table()) == digest(rows(0, 60))


def test_other_results_of_a_stored_run_are_refused_and_what_is_new_is_kept(folder):
    folder.publish(rows(0, 20))
    with pytest.raises(
        StoreError, match=r"00000000\.parquet: holds run 19 with other results than have just"
    ):
        folder.publish(rows(19, 31, shift=1.0))
    assert plain(folder.path) == list(range(31))


def test_shards_copied_here_by_hand_are_read_once(folder, tmp_path):
    folder.publish(rows(0, 20))
    other = Folder.open(tmp_path / "other", folder.manifest, CASE)
    other.publish(rows(15, 30))
    copied = folder.path / "runs" / "00000015.parquet"
    copied.write_bytes((other.path / "runs" / "00000015.parquet").read_bytes())
    assert plain(folder.path) != list(range(30))
    assert folder.table()["run"].to_pylist() == list(range(30))
    assert digest(folder.table()) == digest(rows(0, 30))
    bad = Folder.open(tmp_path / "bad", folder.manifest, CASE)
    bad.publish(rows(29, 31, shift=1.0))
    (folder.path / "runs" / "00000029.parquet").write_bytes(
        (bad.path / "runs" / "00000029.parquet").read_bytes()
    )
    with pytest.raises(StoreError, match="holds run 29 twice, with different results"):
        folder.table()


def test_a_shard_that_is_there_stays(folder):
    folder.publish(rows(0, 20))
    folder.publish(rows(0, 5))
    assert folder.held() == [Span(0, 20)]


def test_a_shard_under_the_name_of_another_is_said(folder):
    folder.publish(rows(0, 20))
    (folder.path / "runs" / "00000020.parquet").write_bytes(
        (folder.path / "runs" / "00000000.parquet").read_bytes()
    )
    with pytest.raises(
        StoreError, match=r"20\.parquet: holds runs from 0 on, and its name is that of run 20"
    ):
        folder.publish(rows(20, 30))


def test_the_log_survives_a_cut_line(folder):
    folder.note("asked", runs=100)
    folder.note("asked", runs=200)
    with (folder.path / "events.ndjson").open("a") as log:
        log.write('{"event": "asked", "ru\n[1]\n')
    assert [e["runs"] for e in events(folder.path)] == [100, 200]
    assert asked(folder.path) == 200
    os.unlink(folder.path / "events.ndjson")
    assert asked(folder.path) == 0 and events(folder.path) == []


def test_an_empty_folder_of_results_says_so(folder):
    assert manifest(folder.path).identity == IDENTITY
    with pytest.raises(StoreError, match="holds no runs yet"):
        folder.table()


def test_memory_holds_the_same_table(folder):
    memory = Memory()
    with pytest.raises(StoreError, match="no runs"):
        memory.table()
    for store in (memory, folder):
        store.note("asked", runs=30)
        for first, last in [(10, 30), (0, 12)]:
            store.publish(rows(first, last))
    assert memory.table().schema.equals(folder.table().schema, check_metadata=True)
    assert digest(memory.table()) == digest(folder.table())
    assert memory.held() == folder.held()
    assert digest(memory.table(["x"])) == digest(folder.table(["x"]))


@pytest.mark.parametrize("name", ["runs", "tmp", "compact"])
def test_no_row_is_written_through_a_link_that_leads_out(folder, tmp_path, name):
    (tmp_path / "elsewhere").mkdir()
    if (folder.path / name).exists():
        (folder.path / name).rmdir()
    (folder.path / name).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(
        StoreError, match=f"{name}: leads out of the folder by a link; put a folder in its place"
    ):
        Folder.open(folder.path, folder.manifest, CASE)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_the_log_is_not_written_through_a_link(folder, tmp_path):
    (tmp_path / "profile").write_text("mine")
    (folder.path / "events.ndjson").symlink_to(tmp_path / "profile")
    with pytest.raises(StoreError, match=r"events\.ndjson: is a link where a file"):
        folder.note("asked", runs=3)
    assert (tmp_path / "profile").read_text() == "mine"
