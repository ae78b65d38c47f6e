"""A copy of the sources with a member added to a family: one file, and a line in the list of its kinds."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run_with(folder: Path, module: str, text: str, listing: str, last: str, line: str, look: str) -> None:
    """Runs a program on a copy of the sources that has one more module, and one more line below the `last` of a list.

    `module` and `listing` are paths under src/rvd; the program is given the path of a case. Nothing is compiled.
    """
    run_with_all(folder, {module: text}, [(listing, last, line)], look)


def run_with_all(folder: Path, modules: dict[str, str], more: list[tuple[str, str, str]], look: str) -> None:
    """The same with several modules, by their texts, and lines in several files: (file, what it stands below, it)."""
    sources = folder / "src"
    shutil.copytree(ROOT / "src", sources, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "cases", folder / "cases")
    for module, text in modules.items():
        (sources / "rvd" / module).write_text(text)
    for name, last, line in more:
        file = sources / "rvd" / name
        assert file.read_text().count(last) == 1, (name, last)
        file.write_text(file.read_text().replace(last, f"{last}{line}"))
    done = subprocess.run(
        [sys.executable, "-c", look, str(folder / "cases" / "htv_berthing.toml")],
        env={"PYTHONPATH": str(sources), "NUMBA_DISABLE_JIT": "1", "PATH": ""},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
