import numpy as np
import pytest

from rvd.store import lines

T = np.arange(0.0, 100.0, 5.0)
COLUMNS = {"t": T, "vbar": -5000.0 + 0.123456789 * T, "nees": np.where(T < 20.0, np.nan, 1.0)}
FACTS = {"outcome": 1, "entered": [0.0, None, 12.25]}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / lines.FOLDER).mkdir()
    (tmp_path / lines.FOLDER / lines.name_of(7)).write_bytes(lines.to_bytes(COLUMNS, FACTS, "campaign", 7))
    return tmp_path


def test_lines_come_back_to_seven_digits_with_their_facts(folder):
    columns, facts = lines.read(folder, "campaign", 7)
    assert facts == FACTS and list(columns) == list(COLUMNS)
    for name, values in columns.items():
        assert values.dtype == np.float64
        np.testing.assert_array_equal(values, COLUMNS[name].astype(np.float32))
    assert lines.runs(folder) == [7]


def test_what_is_not_of_this_campaign_run_and_version_is_as_good_as_none(folder, monkeypatch):
    assert lines.read(folder, "other", 7) is None
    assert lines.read(folder, "campaign", 8) is None
    (folder / lines.FOLDER / lines.name_of(7)).rename(folder / lines.FOLDER / lines.name_of(8))
    assert lines.read(folder, "campaign", 8) is None
    monkeypatch.setattr(lines, "VERSION", 2)
    assert lines.read(folder, "campaign", 7) is None
    assert lines.runs(folder / "nowhere") == []


def test_a_file_broken_anywhere_is_as_good_as_none_and_never_wrong(folder):
    """Every 23rd byte changed, one at a time: nothing, or the same numbers (a byte of Parquet that says nothing)."""
    file = folder / lines.FOLDER / lines.name_of(7)
    data = file.read_bytes()
    for at in range(0, len(data), 23):
        file.write_bytes(data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :])
        found = lines.read(folder, "campaign", 7)
        if found is not None:
            for name, values in found[0].items():
                if name in COLUMNS:
                    np.testing.assert_array_equal(values, COLUMNS[name].astype(np.float32))


def test_a_pipe_is_as_good_as_none(tmp_path, piped):
    (tmp_path / lines.FOLDER).mkdir()
    piped(tmp_path / lines.FOLDER / lines.name_of(7))
    assert lines.read(tmp_path, "campaign", 7) is None
