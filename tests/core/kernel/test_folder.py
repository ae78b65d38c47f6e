"""The cache: a folder for each state of the sources, found again, and removed when long unused."""

import os
import stat
import subprocess
import sys
import time

import pytest

from rvd.core.kernel import folder

KERNELS = """
from rvd.core.kernel import entry, kernel
@kernel
def twice(x):
    return 2.0 * x
@entry
def go(x: float) -> float:
    return twice(x)
"""
PROBE = """
import numba, sys
before = numba.config.CACHE_DIR
import house
assert numba.config.CACHE_DIR == before
print(house.go(21), sum(house.go.dispatcher.stats.cache_hits.values()), house.go.dispatcher.stats.cache_path)
"""


def house(tmp_path):
    """A small copy of the source tree under `core`."""
    for name in ("algebra/vec.py", "flight/scalar.py", "constants.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"# {name}\n")
    return tmp_path


@pytest.mark.parametrize(
    "name", ["algebra/vec.py", "flight/new_driver.py", "constants.py", "new/deep/file.py"]
)
def test_the_hash_follows_every_source(tmp_path, name):
    before = folder.sources_hash(house(tmp_path))
    assert before == folder.sources_hash(tmp_path)
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("# another text\n")
    assert folder.sources_hash(tmp_path) != before


def test_text_moved_between_files_changes_the_hash(tmp_path):
    (house(tmp_path) / "algebra" / "mat.py").write_text("")
    before = folder.sources_hash(tmp_path)
    (tmp_path / "algebra" / "mat.py").write_text((tmp_path / "algebra" / "vec.py").read_text())
    (tmp_path / "algebra" / "vec.py").write_text("")
    assert folder.sources_hash(tmp_path) != before


def test_where_the_cache_lives(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.delenv("RVD_CACHE_DIR", raising=False)
    assert folder.cache_home() == tmp_path / "xdg" / "rvd"
    monkeypatch.setenv("RVD_CACHE_DIR", str(tmp_path / "chosen"))
    assert folder.cache_home() == tmp_path / "chosen"


def test_a_folder_that_cannot_be_written_falls_back_to_a_private_temporary_one(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("RVD_CACHE_DIR", str(tmp_path / "file" / "below"))
    monkeypatch.setattr(folder.tempfile, "tempdir", str(tmp_path))
    home = folder.cache_home()
    assert home.parent == tmp_path and folder.cache_home() == home
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    # One that others may write to could hold their pickles: it is not used.
    home.chmod(0o777)
    assert folder.cache_home() != home


def test_only_long_unused_folders_are_removed(tmp_path):
    names = ("kernels-old", "kernels-young", "kernels-kept", "results")
    for name in names:
        (tmp_path / name).mkdir()
        (tmp_path / name / "index").write_text("")
    long_ago = time.time() - 4 * 86400
    for name in ("kernels-old", "kernels-kept", "results"):
        os.utime(tmp_path / name, (long_ago, long_ago))
    folder.remove_unused(tmp_path, tmp_path / "kernels-kept")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kernels-kept", "kernels-young", "results"]


def test_the_second_process_loads_what_the_first_compiled(tmp_path):
    (tmp_path / "house.py").write_text(KERNELS)
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    environment = os.environ | {"RVD_CACHE_DIR": str(tmp_path / "cache"), "PYTHONPATH": path}
    environment.pop("NUMBA_CACHE_DIR", None)
    probe = [sys.executable, "-c", PROBE]
    first, second = (
        subprocess.run(probe, env=environment, capture_output=True, text=True, check=True).stdout.split()
        for _ in range(2)
    )
    assert first[:2] == ["42.0", "0"]
    assert second[:2] == ["42.0", "1"]
    assert second[2] == first[2] and first[2].startswith(str(tmp_path / "cache" / "kernels-"))
