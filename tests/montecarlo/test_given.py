import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from rvd.errors import CaseError
from rvd.montecarlo.given import read_given
from rvd.montecarlo.run import run_campaign
from tests.casefile.small import row_names
from tests.montecarlo.cheap import NOMINAL, CheapFlyer, plan

NAMES = CheapFlyer.row_names


def test_a_table_is_flown_as_given(tmp_path):
    values = np.random.default_rng(0).normal(size=(25, 2)).round(3)
    lines = ["run,chaser.mass,start.vbar", *(f"{i},{a!r},{b!r}" for i, (a, b) in enumerate(values.tolist()))]
    (tmp_path / "draws.csv").write_text("\n".join(lines) + "\n")
    pq.write_table(
        pa.table({"chaser.mass": values[:, 0], "start.vbar": values[:, 1]}), tmp_path / "draws.parquet"
    )
    for name in ("draws.csv", "draws.parquet"):
        given = read_given(tmp_path / name, NAMES)
        assert given.slots == (3, 0)
        results = run_campaign(plan(draws=(given,)), CheapFlyer(), 7, 25)
        rows = results.table()
        np.testing.assert_array_equal(rows["chaser.mass"].to_numpy(), values[:, 0])
        np.testing.assert_array_equal(rows["start.vbar"].to_numpy(), values[:, 1])
        assert results.findings[0].note.startswith("rows were given")
        expected = 7 + values.sum(axis=1) + NOMINAL[1] + NOMINAL[2]
        np.testing.assert_allclose(rows["fuel_kg"].to_numpy(), expected, rtol=1e-15)


def test_more_runs_than_lines_is_said(tmp_path):
    (tmp_path / "draws.csv").write_text("start.vbar\n1.0\n2.0\n")
    with pytest.raises(CaseError, match="has 2 rows, 3 runs were asked for"):
        run_campaign(plan(draws=(read_given(tmp_path / "draws.csv", NAMES),)), CheapFlyer(), 7, 3)


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("d.csv", "start.vbr\n1\n", "did you mean 'start.vbar'"),
        ("d.csv", "zzz\n1\n", "name one number of a key"),
        ("d.csv", "start.vbar\n", "holds no values"),
        ("d.csv", "run\n0\n", "holds no values"),
        ("d.csv", "", "is no csv table"),
        ("d.csv", "start.vbar,start.vbar\n1,2\n", "stands twice"),
        ("d.csv", "start.vbar\n1\nfive\n", "not numbers"),
        ("d.csv", "start.vbar,chaser.mass\n1,2\n3,\n", "no finite number for run 1"),
        ("d.csv", "start.vbar\n1\nnan\n", "no finite number for run 1"),
        ("d.csv", "run,start.vbar\n1,1\n2,2\n", "does not count"),
        ("d.csv", "start.vbar\n1,2\n", "is no csv table"),
        ("d.parquet", "start.vbar\n1\n", "is no parquet table"),
        ("d.xlsx", "x", "not .xlsx"),
    ],
)
def test_what_cannot_be_flown_is_one_sentence(tmp_path, name, text, sentence):
    (tmp_path / name).write_text(text)
    with pytest.raises(CaseError, match=sentence) as caught:
        read_given(tmp_path / name, NAMES)
    assert str(tmp_path / name) in str(caught.value) and "\n" not in str(caught.value)


def test_a_table_that_is_not_there(tmp_path):
    with pytest.raises(CaseError, match="does not exist"):
        read_given(tmp_path / "none.csv", NAMES)


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_pipe_a_device_or_a_folder_is_no_table(tmp_path, piped, suffix):
    piped(tmp_path / f"pipe.{suffix}")
    (tmp_path / f"device.{suffix}").symlink_to("/dev/null")
    (tmp_path / f"folder.{suffix}").mkdir()
    for name, why in [("pipe", "is no file"), ("device", "is no file"), ("folder", "is a folder")]:
        with pytest.raises(CaseError, match=f"{name}.{suffix}: {why}; name a file"):
            read_given(tmp_path / f"{name}.{suffix}", ("start.vbar",))


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        (
            "chaser.thrusters.force.0,chaser.thrusters.force.FA1",
            "is the same number as 'chaser.thrusters.force.0'",
        ),
        (
            "sensors.star_tracker.cross",
            "is of a sensor that is not aboard; add the sensor, or remove the line",
        ),
        ("chaser.thrusters.force", "is of several numbers of a row; give each a column of its own"),
        ("sensors.gps.bias", "is of several numbers of a row; give each a column of its own"),
        ("chaser.thrusters.force.FA99", "is nothing that can be dispersed; did you mean"),
    ],
)
def test_a_column_is_one_number_that_is_there_once(tmp_path, head, sentence):
    names = tuple(name for name in row_names() if not name.startswith("sensors.star_tracker."))
    columns = head.count(",") + 1
    (tmp_path / "d.csv").write_text(f"{head}\n{','.join(['1'] * columns)}\n")
    with pytest.raises(CaseError, match=sentence):
        read_given(tmp_path / "d.csv", names)
