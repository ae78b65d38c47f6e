import importlib.util
import sys

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from scipy.io import loadmat

from rvd.errors import RvdError, StoreError
from rvd.montecarlo import export as module
from rvd.montecarlo.export import matlab_names, to_pandas, write_export

WORDS = pa.DictionaryArray.from_arrays(pa.array([0, 1, None], pa.int32()), pa.array(["captured", "aborted"]))


def field(name, kind, unit="", meaning=""):
    return pa.field(name, kind, metadata={"unit": unit, "meaning": meaning})


ROWS = pa.Table.from_arrays(
    [
        pa.array([0, 1, 2]),
        pa.array([1, 8, None], pa.int8()),
        WORDS,
        pa.array([True, False, False]),
        pa.array([0.1 + 0.2, None, 1e-300]),
    ],
    schema=pa.schema(
        [
            field("run", pa.int64(), "", "the run's number"),
            field("outcome", pa.int8(), "", "how it ended"),
            field("outcome_word", WORDS.type, "", "how it ended, in a word"),
            field("captured", pa.bool_()),
            field("entered.RI to 250 m", pa.float64(), "s", "when the leg began"),
        ]
    ),
)


def test_csv_keeps_every_bit_and_leaves_empty_what_does_not_exist(tmp_path):
    written = write_export(ROWS, "csv", tmp_path / "new")
    assert [path.name for path in written] == ["runs.csv", "columns.csv"]
    text = (tmp_path / "new" / "runs.csv").read_text().replace('"', "").splitlines()
    assert text[0] == "run,outcome,outcome_word,captured,entered.RI to 250 m"
    assert text[1:] == ["0,1,captured,true,0.30000000000000004", "1,8,aborted,false,", "2,,,false,1e-300"]
    about = pyarrow.csv.read_csv(tmp_path / "new" / "columns.csv").to_pylist()
    assert about[-1] == {"column": "entered.RI to 250 m", "unit": "s", "meaning": "when the leg began"}


def test_parquet_keeps_units_and_meanings(tmp_path):
    write_export(ROWS, "parquet", tmp_path)
    back = pq.read_table(tmp_path / "runs.parquet")
    assert back.to_pydict() == ROWS.to_pydict()
    assert back.schema.field("entered.RI to 250 m").metadata[b"unit"] == b"s"


def test_matlab_reads_columns_words_and_what_they_mean(tmp_path):
    write_export(ROWS, "mat", tmp_path)
    found = loadmat(tmp_path / "runs.mat", squeeze_me=True, struct_as_record=False)
    runs, columns = found["runs"], found["columns"]
    assert runs._fieldnames == ["run", "outcome", "outcome_word", "captured", "entered_RI_to_250_m"]
    np.testing.assert_array_equal(runs.run, [0, 1, 2])
    np.testing.assert_array_equal(runs.outcome, [1.0, 8.0, np.nan])
    assert list(runs.outcome_word)[:2] == ["captured", "aborted"] and not len(runs.outcome_word[2])
    assert runs.captured.astype(bool).tolist() == [True, False, False]
    np.testing.assert_array_equal(runs.entered_RI_to_250_m, [0.1 + 0.2, np.nan, 1e-300])
    assert list(columns.column) == ROWS.column_names and columns.unit[-1] == "s"
    assert columns.name[-1] == "entered_RI_to_250_m" and columns.meaning[-1] == "when the leg began"


def test_names_in_matlab_are_valid_and_none_is_there_twice():
    long = "entered." + "x" * 80
    found = matlab_names(["a.b", "a b", "A_b", "1st", "é", long, long + "y", "_x_"])
    assert list(found.values())[:5] == ["a_b", "a_b_2", "A_b_3", "x1st", "x"]
    assert len(set(found.values())) == len(found)
    assert all(name.isidentifier() and name[0] != "_" and len(name) <= 63 for name in found.values())


def test_what_matlab_s_format_cannot_hold_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MOST_BYTES", 10)
    with pytest.raises(
        StoreError, match=r"runs\.mat: would be larger .*; write --parquet, which MATLAB reads too"
    ):
        write_export(ROWS, "mat", tmp_path)
    assert not (tmp_path / "runs.mat").exists()


def test_a_file_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(StoreError, match="is a file where a folder is needed"):
        write_export(ROWS, "csv", tmp_path / "taken")


def test_without_pandas_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(RvdError, match=r"pandas is not installed; write pip install 'rvd\[pandas\]'"):
        to_pandas(ROWS)


@pytest.mark.skipif(importlib.util.find_spec("pandas") is None, reason="pandas is not installed")
def test_a_frame_has_missing_values_words_and_units():
    frame = to_pandas(ROWS)
    assert frame["outcome"].tolist()[:2] == [1, 8] and frame["outcome"].isna().tolist() == [
        False,
        False,
        True,
    ]
    assert frame["outcome_word"].value_counts().to_dict() == {"captured": 1, "aborted": 1}
    assert frame["entered.RI to 250 m"].isna().sum() == 1 and frame["captured"].dtype == bool
    assert frame.attrs["columns"]["entered.RI to 250 m"] == {"unit": "s", "meaning": "when the leg began"}


@pytest.mark.parametrize("kind", ["csv", "parquet", "mat"])
def test_a_link_is_replaced_and_not_followed(tmp_path, kind):
    home, out = tmp_path / "home", tmp_path / "out"
    home.mkdir(), out.mkdir()
    for name in ("runs.csv", "runs.parquet", "runs.mat", "columns.csv"):
        (out / name).write_text("mine")
        (home / name).symlink_to(out / name)
    for path in write_export(ROWS, kind, home):
        assert not path.is_symlink() and path.stat().st_size > 4
    assert {path.read_text() for path in out.iterdir()} == {"mine"}
