"""Results folders with accidents: what disks, editors, copies and clean-ups do to files that were right."""

import json


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


def damage(folder, luck):
    """One accident, often, to one of the files of a folder, or several."""
    for _ in range(luck.choice([1, 1, 1, 2, 5])):
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        luck.choice(MUTATIONS)(luck.choice(files), luck)
