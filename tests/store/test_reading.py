import errno
import os
import random
import shutil
import tempfile
from pathlib import Path

import pytest

from rvd.errors import StoreError
from rvd.store import Folder, digest, events, table
from rvd.store.gathering import merge
from rvd.store.manifests import new_manifest
from rvd.store.shards import Span
from tests.store.damage import damage
from tests.store.test_folder import CASE, IDENTITY, rows, snapshot


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
        damage(path, luck)
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


def test_what_the_system_lacks_is_no_damage_of_a_shard(sound, monkeypatch):
    """Nobody is told to move a sound shard away because file handles or memory are short."""
    import pyarrow as pa

    from rvd.store import shards

    def refuse(error):
        def raising(*_, **__):
            raise error

        monkeypatch.setattr(shards.pq, "ParquetFile", raising)

    refuse(OSError(errno.EMFILE, os.strerror(errno.EMFILE)))
    with pytest.raises(OSError, match="Too many open files"):
        table(sound)
    refuse(pa.ArrowMemoryError("malloc of size 8000000 failed"))
    with pytest.raises(StoreError, match="cannot be read for want of memory, or is damaged; give it more"):
        table(sound)


@pytest.mark.parametrize(
    ("file", "acts"),
    [
        ("manifest.json", ["open", "table", "merge"]),
        ("case.toml", ["open", "merge"]),
        ("events.ndjson", ["events", "note"]),
        ("runs/00000004.parquet", ["table", "merge"]),
        ("runs/X.parquet", ["table"]),
    ],
)
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_a_pipe_or_a_device_in_a_folder_is_a_sentence(sound, tmp_path, piped, file, acts, kind):
    path = tmp_path / "out"
    shutil.copytree(sound, path)
    (path / file).unlink(missing_ok=True)
    piped(path / file) if kind == "pipe" else (path / file).symlink_to("/dev/null")
    possible = {
        "open": lambda: Folder.open(path, new_manifest(IDENTITY), CASE),
        "note": lambda: Folder(path, new_manifest(IDENTITY)).note("asked", runs=3),
        "table": lambda: table(path),
        "events": lambda: events(path),
        "merge": lambda: merge([path], tmp_path / "merged"),
    }
    for act in acts:
        with pytest.raises(StoreError) as caught:
            possible[act]()
        assert f"{path / file}: is no file; " in str(caught.value), act
