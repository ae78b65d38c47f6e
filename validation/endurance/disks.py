"""Disks that are full or read-only, and files that were cut or edited: `python -m validation.endurance.disks`.

Small file systems in memory are mounted in a name space of this process' own (Linux, `unshare`), so that the system
itself refuses. Each time `rvd` has to end with exit code 2 and one sentence, leave every stored file as it was, and
go on to the table of the uninterrupted campaign when the cause is gone. Ends with 1 where one does not.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import rvd
from rvd.store import digest, table
from tests.short_case import TIGHT, write_short

from .folders import files

INSIDE = "--inside"
RUNS = 60


def campaign(case: Path, out: Path) -> tuple[int, str]:
    """`rvd campaign` in a process of its own: its exit code and what it says on standard error."""
    words = ["campaign", case, "--out", out, "--jobs", 1, "--no-figures", "--quiet"]
    done = subprocess.run([sys.executable, "-m", "rvd.cli", *map(str, words)], capture_output=True, text=True)
    return done.returncode, done.stderr.strip()


def mounted(place: Path, size: str) -> Path:
    """An empty file system in memory of that size."""
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place], check=True)
    return place


def remount(place: Path, options: str) -> None:
    """The same file system with other options."""
    subprocess.run(["mount", "-o", f"remount,{options}", place], check=True)


def cut(out: Path) -> Path:
    """A chunk loses its second half."""
    shard = sorted((out / "runs").glob("*.parquet"))[1]
    shard.write_bytes(shard.read_bytes()[: shard.stat().st_size // 2])
    return shard


def edited(out: Path) -> Path:
    """The manifest gets another seed by hand."""
    manifest = out / "manifest.json"
    text = manifest.read_text()
    manifest.write_text(text.replace('"seed": 5', '"seed": 6'))
    assert manifest.read_text() != text
    return manifest


def refused(name: str, case: Path, out: Path, said: str) -> bool:
    """Whether the campaign is refused with one sentence and every file that was there stays."""
    before = files(out)
    code, sentence = campaign(case, out)
    kept = all(files(out).get(path, b"").startswith(content) for path, content in before.items())
    good = code == 2 and said in sentence and len(sentence.splitlines()) == 1 and kept
    print(f"{name:16} {'as it should' if good else 'MISS'}: exit code {code}, files kept: {kept}: {sentence}")
    return good


def goes_on(name: str, case: Path, out: Path, rows: str) -> bool:
    """Whether the campaign is finished when the cause is gone, and its table is the uninterrupted one."""
    code, sentence = campaign(case, out)
    equal = code in (1, 3) and digest(table(out)) == rows
    print(f"{name:16} afterwards: exit code {code}, table equal: {equal}{sentence and ': ' + sentence}")
    return equal


def inside(home: Path) -> int:
    """All of it, where mounting is allowed."""
    case = write_short(home, {**TIGHT, "campaign.runs": RUNS})
    rows = digest(rvd.campaign(case, jobs=1).table())
    full, quiet = mounted(home / "full", "160k"), mounted(home / "quiet", "16m")
    good = [refused("full disk", case, full / "out", "the disk is full")]
    remount(full, "size=16m")
    good.append(goes_on("full disk", case, full / "out", rows))
    rvd.campaign(case, jobs=1, out=quiet / "out", shard=(1, 2))
    remount(quiet, "ro")
    good.append(refused("read-only folder", case, quiet / "out", "may not be written"))
    good.append(refused("read-only place", case, quiet / "new", "may not be written"))
    remount(quiet, "rw")
    good.append(goes_on("read-only folder", case, quiet / "out", rows))
    damages: list[tuple[str, Callable[[Path], Path], str]] = [
        ("truncated chunk", cut, "is damaged; move it away"),
        ("edited manifest", edited, "was changed after it was written"),
    ]
    for name, damage, said in damages:
        out = home / name.replace(" ", "-")
        for part in (1, 2, 3):
            rvd.campaign(case, jobs=1, out=out, shard=(part, 3))
        whole = files(out)
        broken = damage(out)
        good.append(refused(name, case, out, said))
        if name == "truncated chunk":
            broken.unlink()
        else:
            broken.write_bytes(whole[broken])
        good.append(goes_on(name, case, out, rows))
    print(f"{good.count(False)} misses")
    return 0 if all(good) else 1


def main() -> int:
    """Goes where mounting is allowed, and does all of it there."""
    if INSIDE not in sys.argv:
        command = [sys.executable, "-m", "validation.endurance.disks", INSIDE]
        return subprocess.run(["unshare", "-rm", *command]).returncode
    with TemporaryDirectory() as home:
        try:
            return inside(Path(home))
        finally:
            for place in ("full", "quiet"):
                subprocess.run(["umount", "-l", Path(home) / place], stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    os.environ.setdefault("MPLBACKEND", "Agg")
    sys.exit(main())
