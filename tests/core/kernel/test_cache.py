"""The cache of what was compiled: whatever happens to its files, the numbers come out right."""

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from numba import float64, types

from rvd.core.kernel import Kernel, cache, kernel

SCRIPT = """
from house import go
print(go(21), sum(go.dispatcher.stats.cache_hits.values()))
"""
KERNELS = """
from rvd.core.kernel import entry, kernel
@kernel
def twice(x):
    return 2.0 * x
@entry
def go(x: float) -> float:
    return twice(x)
@entry
def off(x: float) -> float:
    return twice(x) + 1.0
"""


@pytest.fixture
def run(tmp_path):
    """Runs the script in a process of its own: its words, and what it says of errors."""
    (tmp_path / "house.py").write_text(KERNELS)

    def call(also="", **settings):
        environment = os.environ | {"RVD_CACHE_DIR": str(tmp_path / "cache")} | settings
        environment["PYTHONPATH"] = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
        done = subprocess.run(
            [sys.executable, "-c", also + SCRIPT], env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout.split(), done.stderr

    return call


def test_an_entry_knows_whether_a_call_would_compile(tmp_path):
    """Before the first call nothing is kept; after it this process has it compiled, and the next finds it on disk."""
    (tmp_path / "house.py").write_text(KERNELS)
    environment = os.environ | {"RVD_CACHE_DIR": str(tmp_path / "cache")}
    environment["PYTHONPATH"] = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    script = "from house import go\nprint(go.is_compiled())\ngo(1)\nprint(go.is_compiled())"
    words = [
        subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
        ).stdout.split()
        for _ in range(2)
    ]
    assert words == [["False", "True"], ["True", "True"]]


def cut(content):
    return content[:50]


def emptied(content):
    return b""


def garbage(content):
    return b"no kernel " * 99


def flipped(content):
    half = len(content) // 2
    return content[:half] + bytes(b ^ 0xFF for b in content[half : half + 2000]) + content[half + 2000 :]


def one_bit(content):
    return content[:-10] + bytes([content[-10] ^ 1]) + content[-9:]


@pytest.mark.parametrize("damage", [cut, emptied, garbage, flipped, one_bit])
def test_a_damaged_file_is_compiled_again(run, tmp_path, damage):
    assert run() == (["42.0", "0"], "")
    assert run() == (["42.0", "1"], "")
    kept = list((tmp_path / "cache").rglob("*.kernel"))
    assert len(kept) == 1
    for path in kept:
        path.write_bytes(damage(path.read_bytes()))
    assert run() == (["42.0", "0"], "")
    assert run() == (["42.0", "1"], "")


@pytest.mark.parametrize(
    "settings", [{"NUMBA_OPT": "1"}, {"NUMBA_BOUNDSCHECK": "1"}, {"NUMBA_CPU_NAME": "generic"}]
)
def test_settings_that_change_the_code_have_files_of_their_own(run, settings):
    assert run()[0] == ["42.0", "0"]
    assert run(**settings)[0] == ["42.0", "0"]
    assert run(**settings)[0] == ["42.0", "1"]
    assert run()[0] == ["42.0", "1"]


def test_what_was_compiled_is_found_from_a_copy_of_the_sources(tmp_path):
    here = Path(cache.__file__).parents[3]
    code = "from rvd.core.motion import cw; cw.coast((1.0, 2.0, 3.0), (0.0, 0.0, 0.0), 1e-3, 10.0)"
    counts = []
    for copy in ("one", "two"):
        subprocess.run(["cp", "-r", str(here), str(tmp_path / copy)], check=True)
        environment = os.environ | {
            "RVD_CACHE_DIR": str(tmp_path / "cache"),
            "PYTHONPATH": str(tmp_path / copy),
        }
        subprocess.run([sys.executable, "-c", code], env=environment, check=True)
        counts.append(len(list((tmp_path / "cache").rglob("*.kernel"))))
    assert counts[0] == counts[1] > 0


def test_a_full_disk_costs_one_warning(monkeypatch, recwarn):
    def full(path, content):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(cache, "_write", full)
    monkeypatch.setattr(cache.KernelCache, "_can_save", True)

    @kernel
    def tripled(x):
        return 3.0 * x

    with pytest.warns(RuntimeWarning, match="No space left on device.*RVD_CACHE_DIR"):
        assert tripled(2.0) == 6.0
    assert tripled(2) == 6.0  # another signature: no second warning
    assert not [w for w in recwarn if "cannot be kept" in str(w.message)]


def test_a_function_without_a_source_file_is_not_kept():
    names = {}
    exec("def five():\n    return 5.0", names)
    made = Kernel(names["five"], forceinline=True)
    assert made() == 5.0
    assert made.twin._cache._path((), made.twin.targetctx.codegen()) is None


def test_records_of_one_name_are_told_apart():
    class Pair(NamedTuple):
        a: float
        b: float

    one = Pair

    class Pair(NamedTuple):
        b: float
        a: float

    other = Pair
    kinds = [types.NamedTuple((float64, float64), record) for record in (one, other)]
    assert cache._described(kinds[0]) != cache._described(kinds[1])


def test_only_what_python_calls_is_kept():
    @kernel
    def halved(x):
        return 0.5 * x

    assert halved(3.0) == 1.5
    assert isinstance(halved.twin._cache, cache.KernelCache)
    assert not isinstance(halved.inner._cache, cache.KernelCache)


def folder(path):
    path.mkdir()
    (path / "thing").touch()


def device(path):
    path.symlink_to("/dev/null")


@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
def test_what_is_no_file_counts_as_absent(run, tmp_path, piped, kind):
    """A folder costs its own file alone, and the others are replaced."""
    assert run() == (["42.0", "0"], "")
    kept = list((tmp_path / "cache").rglob("*.kernel"))
    for path in kept:
        path.unlink()
        {"pipe": piped, "device": device, "folder": folder}[kind](path)
    numbers, said = run()
    assert numbers == ["42.0", "0"]
    if kind == "folder":
        assert said.count("cannot be kept") == said.count("is a folder: remove it") == len(kept)
    else:
        assert said == "" and run() == (["42.0", "1"], "")


def test_a_pipe_or_a_device_is_not_opened(monkeypatch, tmp_path, piped):
    """Whoever reads one may never end."""

    @kernel
    def quadrupled(x):
        return 4.0 * x

    assert quadrupled(2.0) == 8.0
    one = quadrupled.twin._cache
    for place, make in [(tmp_path / "pipe", piped), (tmp_path / "device", device)]:
        make(place)
        monkeypatch.setattr(one, "_path", lambda *_, place=place: place)
        assert one.load_overload((float64,), quadrupled.twin.targetctx) is None
        assert not one.holds((float64,), quadrupled.twin.targetctx)
        assert place.exists() and not place.is_file()  # one that was read would have been removed as damaged


def test_a_folder_in_the_way_does_not_stop_the_keeping_of_others(run, tmp_path):
    also = "from house import off; off(1.0)"
    assert run(also) == (["42.0", "0"], "")
    first, second = sorted((tmp_path / "cache").rglob("*.kernel"), key=lambda path: path.stat().st_mtime_ns)
    for path in (first, second):
        path.unlink()
    folder(first)
    numbers, said = run(also)
    assert numbers == ["42.0", "0"] and said.count("RuntimeWarning") == 1
    assert second.is_file()
    assert run(also)[0] == ["42.0", "1"]
