"""Tries the lowest and the newest packages that pyproject.toml allows, on each Python of this machine.

    python scripts/try_versions.py                         # both sets on every Python found
    python scripts/try_versions.py --set lowest --this     # the lowest set on the Python that runs this
    python scripts/try_versions.py --python 3.13 -- tests/case -x

For each, an environment of its own is made and removed, and tests are run in it: of the store, of the commands, and
of the digest of a flight, or those given behind `--`. Needs `uv` (extra `dev`), which takes the lowest release of each
package that has a wheel for that Python. Ends with 1 where something fails.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
SETS = {"lowest": "lowest-direct", "newest": "highest"}
"""The sets, and what uv calls them."""

TESTS = ("tests/store", "tests/cli", "tests/test_same_bits.py::test_one_digest_whatever_the_libraries_choose")

WHAT = (
    "import platform, sys; print(platform.python_version(), *sys.version_info[:2], sys.executable, sep='\\n')"
)


class Python(NamedTuple):
    """An interpreter: its version, major and minor number, and where it is."""

    version: str
    number: tuple[int, int]
    path: str


def asked(command: str | Path) -> Python | None:
    """What an interpreter says of itself; None where there is none that runs."""
    try:
        done = subprocess.run([command, "-c", WHAT], capture_output=True, text=True, timeout=60, check=True)
        version, major, minor, path = done.stdout.splitlines()
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return Python(version, (int(major), int(minor)), path)


def commands() -> Iterator[str | Path]:
    """Whatever may be an interpreter: this one, those on the path, and those that pyenv keeps behind its shims."""
    yield sys.executable
    for place in map(Path, os.environ.get("PATH", "").split(os.pathsep)):
        if place.name == "shims":
            yield from sorted(place.parent.glob("versions/*/bin/python"))
        else:
            yield from sorted(
                path for path in place.glob("python3*") if re.fullmatch(r"python3(\.\d+)?", path.name)
            )


def pythons(least: tuple[int, int]) -> list[Python]:
    """One interpreter for each minor version from `least` on, ascending; the one that runs this before others."""
    found: dict[tuple[int, int], Python] = {}
    for command in commands():
        python = asked(command)
        if python is not None and python.number >= least:
            found.setdefault(python.number, python)
    return [found[number] for number in sorted(found)]


def least_python() -> tuple[int, int]:
    """The lowest Python that pyproject.toml allows."""
    text = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    major, minor = re.fullmatch(r">=(\d+)\.(\d+)", text).groups()
    return int(major), int(minor)


def uv(*words: str | Path) -> str:
    """What uv prints; ends with its words where it fails."""
    done = subprocess.run([sys.executable, "-m", "uv", *words], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"uv {words[0]} {words[1]}: {done.stderr.strip()}")
    return done.stdout


def environment(folder: Path, python: Python, which: str) -> Path:
    """Makes an environment with a set of packages, and prints those that pyproject.toml names; gives its Python."""
    wanted = folder / "requirements.txt"
    wanted.write_text(
        uv(
            "pip", "compile", "pyproject.toml", "--extra", "test", "--resolution", SETS[which], "--no-build",
            "--python", python.path, "--no-annotate", "--no-header",
        )
    )  # fmt: skip
    uv("venv", "--python", python.path, folder / "venv")
    inside = folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    uv("pip", "install", "--python", inside, "--requirement", wanted)
    uv("pip", "install", "--python", inside, "--no-deps", "--editable", ".")
    named = set(re.findall(r'"([a-z-]+)>=', (ROOT / "pyproject.toml").read_text("utf-8")))
    lines = [line for line in wanted.read_text().splitlines() if line.split("==")[0] in named]
    print("   " + " ".join(lines), flush=True)
    return inside


def compiled(inside: Path, folder: Path, own: dict[str, str]) -> bool:
    """Whether a run flies: it compiles the kernels, which takes minutes that no test waits for."""
    case = ROOT / "cases" / "htv_berthing.toml"
    command = [inside, "-m", "rvd.cli", "campaign", case, "--runs", "1", "--no-figures", "--quiet"]
    done = subprocess.run([*command, "--out", folder / "run"], env=own, capture_output=True, text=True)
    verdicts = (0, 1, 3)
    if done.returncode not in verdicts:
        print(done.stderr)
    return done.returncode in verdicts


def tried(python: Python, which: str, tests: list[str]) -> bool:
    """Whether the tests pass with a set of packages on a Python."""
    print(f"== Python {python.version}, {which} packages", flush=True)
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="rvd-versions-") as home:
        folder = Path(home)
        inside = environment(folder, python, which)
        # Kernels of another Numba would take one another's places in the cache.
        own = {**os.environ, "RVD_CACHE_DIR": str(folder / "cache"), "MPLBACKEND": "Agg"}
        passed = (
            compiled(inside, folder, own)
            and not subprocess.run([inside, "-m", "pytest", "-q", *tests], cwd=ROOT, env=own).returncode
        )
    print(f"   {'passed' if passed else 'FAILED'} in {time.monotonic() - begin:.0f} s", flush=True)
    return passed


def main() -> int:
    """Tries what was asked for."""
    first, _, _ = __doc__.partition("\n")
    parser = argparse.ArgumentParser(description=first)
    parser.add_argument("--set", choices=SETS, action="append", help="one of the sets (default: both)")
    parser.add_argument("--this", action="store_true", help="only the Python that runs this")
    parser.add_argument("--python", action="append", metavar="3.N", help="only this Python")
    parser.add_argument("--list", action="store_true", help="say which Pythons there are")
    parser.add_argument("tests", nargs="*", default=list(TESTS), help="words for pytest")
    given = parser.parse_args()
    there = pythons(least_python())
    if given.this:
        there = [python for python in there if python.number == sys.version_info[:2]]
    if given.python:
        there = [python for python in there if ".".join(map(str, python.number)) in given.python]
    if given.list:
        print(*(python.version for python in there), sep="\n")
        return 0
    good = [tried(python, which, given.tests) for python in there for which in given.set or SETS]
    print(f"{good.count(True)} of {len(good)} sets passed")
    return 0 if good and all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
