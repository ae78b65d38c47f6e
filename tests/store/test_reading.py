import errno
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
