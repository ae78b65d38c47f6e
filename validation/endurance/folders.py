"""A thousand damaged results folders: `python -m validation.endurance.folders [--count N] [--seed S]`.

Each is a copy of a sound one with one to five accidents. `rvd campaign` is asked to go on with it, `rvd verify` to
fly some of its runs again, `rvd merge` to copy them, and of every twentieth `rvd report` to draw it. Each has to end
in an exit code of the design, with a sentence where it refuses; no file that was there may be changed or be gone; a
campaign that ends in a verdict has to hold exactly the rows of the sound one, and what was merged no others. Ends
with 1 where one did not (`--only K` shows it).
"""

from __future__ import annotations

import os
import random
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

import rvd
from rvd.store import digest, table
from tests.short_case import TIGHT, write_short
from tests.store.damage import damage

from .calls import Call, arguments, memory, reported

RUNS = 9
FIGURES = 20


class Damage:
    """What is done with a number: `case` is the file, `sound` its results, `seed` decides the accidents."""

    def __init__(self, home: Path, seed: int):
        self.seed, self.case, self.sound = (
            seed,
            write_short(home, {**TIGHT, "campaign.runs": RUNS}),
            home / "out",
        )
        for part in (1, 2, 3):
            rvd.campaign(self.case, out=self.sound, jobs=1, shard=(part, 3))
        self.table = table(self.sound)
        self.rows = digest(self.table)

    def held_by_the_sound(self, rows: pa.Table) -> bool:
        """Whether these are rows of the sound folder."""
        return digest(rows) == digest(self.table.take(rows["run"]))

    def __call__(self, number: int, folder: Path, call) -> list[Call]:
        out = folder / "out"
        shutil.copytree(self.sound, out)
        damage(out, random.Random(f"{self.seed} {number}"))
        before = files(out)
        calls = [call("campaign", self.case, "--out", out, "--jobs", 1, "--no-figures", "--quiet")]
        if calls[0].code in (0, 1, 3) and digest(table(out)) != self.rows:
            calls[0] = calls[0]._replace(code=None, err="a verdict on other rows")
        calls.append(call("verify", out, "--runs", 2))
        calls.append(call("merge", out, "--out", folder / "merged"))
        if calls[-1].code == 0 and not self.held_by_the_sound(table(folder / "merged")):
            calls[-1] = calls[-1]._replace(code=None, err="other rows were merged")
        if number % FIGURES == 0:
            calls.append(call("report", out, "--flights", 3, "--quiet", "--out", folder / "report"))
        after = files(out)
        lost = [path for path, content in before.items() if not after.get(path, b"").startswith(content)]
        if lost:
            calls.append(Call(("files",), None, "", f"{lost[0].name} was changed or is gone", 0.0))
        return calls


def files(folder: Path) -> dict[Path, bytes]:
    """Every file with its content."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def main() -> int:
    """Prints how the commands ended, and every miss."""
    given = arguments(__doc__, 1000)
    os.environ.setdefault("MPLBACKEND", "Agg")
    with TemporaryDirectory(dir=memory()) as home:
        return reported(Damage(Path(home), given.seed), given, "folders")


if __name__ == "__main__":
    sys.exit(main())
