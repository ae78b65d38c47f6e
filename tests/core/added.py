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
    sources = folder / "src"
    shutil.copytree(ROOT / "src", sources, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "cases", folder / "cases")
    (sources / "rvd" / module).write_text(text)
    members = sources / "rvd" / listing
    assert members.read_text().count(last) == 1
    members.write_text(members.read_text().replace(last, f"{last}{line}"))
    done = subprocess.run(
        [sys.executable, "-c", look, str(folder / "cases" / "htv_berthing.toml")],
        env={"PYTHONPATH": str(sources), "NUMBA_DISABLE_JIT": "1", "PATH": ""},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
