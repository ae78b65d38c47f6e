import json
import os
import random
import shutil
import tempfile
from pathlib import Path

import pytest

from rvd.errors import StoreError
from rvd.store import Folder, digest, table
from rvd.store.manifest import new_manifest
from rvd.store.shards import Span
from tests.store.test_folder import CASE, IDENTITY, rows, snapshot


def flip(path, luck):
    """Another byte somewhere."""
    data = bytearray(path.read_bytes())
    if data:
        data[luck.randrange(len(data))] ^= luck.randrange(1, 256)
    path.write_bytes(bytes(data))


def cut(path, luck):
    """The end is missing."""
    path.write_bytes(path.read_bytes()[: luck.randrange(path.stat().st_size + 1)])


def junk(path, luck):
    """Other content altogether."""
    path.write_bytes(luck.randbytes(luck.randrange(2000)))


def swell(path, luck):
    """Something in the middle that was not there."""
    data, at = path.read_bytes(), luck.randrange(path.stat().st_size + 1)
    path.write_bytes(data[:at] + luck.randbytes(luck.randrange(1, 50)) + data[at:])


def rename(path, luck):
    """Under another name in the same folder."""
    path.rename(path.with_name(luck.choice(["00000099.parquet", "x.parquet", "manifest.json", "notes.txt"])))


def copy(path, luck):
    """Twice."""
    content = path.read_bytes()
    (path.parent / luck.choice(["00000003.parquet", "a.parquet", "b"])).write_bytes(content)


def vanish(path, luck):
    """Gone."""
    path.unlink()


def folder_instead(path, luck):
    """A folder where a file was."""
    path.unlink()
    path.mkdir()


def reword(path, luck):
    """Another value in a JSON file, else another byte."""
    try:
        record = json.loads(path.read_text())
        key = luck.choice(list(record))
        record[key] = luck.choice([None, 0, "", [], {}, -1, "x" * 50])
        path.write_text(json.dumps(record))
    except (ValueError, TypeError, IndexError):
        flip(path, luck)


MUTATIONS = (flip, flip, cut, junk, swell, rename, copy, vanish, folder_instead, reword)


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    folder = Folder.open(tmp_path_factory.mktemp("sound") / "out", new_manifest(IDENTITY), CASE)
    for first, last in [(0, 4), (4, 9), (9, 12)]:
        folder.publish(rows(first, last))
    folder.note("asked", runs=12)
    return folder.path


@pytest.fixture
def scratch():
    """In memory where the system can: a thousand folders are slow to remove from a disk."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as path:
        yield Path(path)


def test_a_thousand_damaged_folders_end_in_a_sentence_or_the_right_rows(sound, scratch):
    good = {run: digest(rows(0, 12).slice(run, 1)) for run in range(12)}
    luck, refused = random.Random(4), 0
    for number in range(1000):
        path = scratch / str(number)
        shutil.copytree(sound, path)
        for _ in range(luck.choice([1, 1, 1, 2, 5])):
            files = sorted(p for p in path.rglob("*") if p.is_file())
            luck.choice(MUTATIONS)(luck.choice(files), luck)
        before = snapshot(path)
        try:
            folder = Folder.open(path, new_manifest(IDENTITY), CASE)
            folder.missing(Span(0, 12))
            found = table(path)
        except StoreError as error:
            refused += 1
            assert len(str(error).splitlines()) == 1
        else:  # whatever is given is what was stored
            assert all(
                digest(found.slice(i, 1)) == good[found["run"][i].as_py()] for i in range(found.num_rows)
            )
        after = snapshot(path)
        assert all(after.get(name) == content for name, content in before.items())
        shutil.rmtree(path)
    assert 300 < refused < 1000
