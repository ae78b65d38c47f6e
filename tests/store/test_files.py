import errno
import os
import socket

import pytest

from rvd.errors import StoreError
from rvd.store import files
from rvd.store.files import append_line, keep, publish, refusals, remove_drafts, replace, unreadable, within


@pytest.fixture
def tmp(tmp_path):
    (tmp_path / "tmp").mkdir()
    return tmp_path / "tmp"


def test_a_published_file_is_whole_and_never_replaced(tmp_path, tmp):
    assert publish(b"first" * 100000, tmp_path, "a", tmp) is True
    assert publish(b"second", tmp_path, "a", tmp) is False
    assert (tmp_path / "a").read_bytes() == b"first" * 100000
    assert list(tmp.iterdir()) == []


def test_a_disk_without_links_is_served_by_a_rename(tmp_path, tmp, monkeypatch):
    def no_links(*_):
        raise OSError(errno.ENOTSUP, "no links here")

    monkeypatch.setattr(os, "link", no_links)
    assert publish(b"x", tmp_path, "a", tmp) is True
    assert publish(b"y", tmp_path, "a", tmp) is False
    assert (tmp_path / "a").read_bytes() == b"x"
    assert list(tmp.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EDQUOT, "disk is full"),
        (errno.EROFS, "may not be written"),
        (errno.EACCES, "may not be written"),
        (errno.ENOTDIR, "is a file where a folder is needed"),
        (errno.ENAMETOOLONG, "is too long a name"),
        (errno.ELOOP, "is a link where a file"),
        (errno.ENOENT, "is not there, or its folder has gone"),
        (errno.EIO, "cannot be used: Input/output error"),
        (None, "cannot be used: OSError: out of luck"),
    ],
)
def test_what_the_system_refuses_becomes_one_sentence_and_leaves_nothing(
    tmp_path, tmp, monkeypatch, number, sentence
):
    def refuse(descriptor, data):
        raise OSError(number, os.strerror(number)) if number else OSError("out of luck")

    monkeypatch.setattr(files.os, "write", refuse)
    with pytest.raises(StoreError, match=sentence) as caught:
        publish(b"x", tmp_path, "a", tmp)
    assert caught.value.remedy and str(tmp_path / "a") in str(caught.value)
    assert not (tmp_path / "a").exists() and list(tmp.iterdir()) == []


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE, errno.ENOMEM])
def test_what_says_nothing_of_the_file_passes_as_it_is(number):
    with pytest.raises(OSError) as caught, refusals("a"):
        raise OSError(number, os.strerror(number))
    assert caught.value.errno == number
    with pytest.raises(OSError):
        unreadable("a", OSError(number, os.strerror(number)))


def test_a_kept_file_stays_as_it_is(tmp_path, tmp):
    keep(b"one", tmp_path, "parts/a.csv")
    keep(b"one", tmp_path, "parts/a.csv")
    with pytest.raises(StoreError, match=r"a\.csv: is not what is flown; choose another folder"):
        keep(b"two", tmp_path, "parts/a.csv")
    assert (tmp_path / "parts" / "a.csv").read_bytes() == b"one"


def test_nothing_is_kept_outside(tmp_path, tmp):
    home, out = tmp_path / "home", tmp_path / "out"
    (home / "tmp").mkdir(parents=True)
    out.mkdir()
    (home / "parts").symlink_to(out)
    for name in ("../out/a.csv", str(out / "a.csv"), "parts/a.csv", "runs/a.csv"):
        with pytest.raises(StoreError, match="nothing was written there"):
            keep(b"x", home, name)
    assert within(home, "a/b.csv") == home / "a" / "b.csv" and list(out.iterdir()) == []


def test_a_file_written_anew_replaces_a_link_and_leaves_what_it_led_to(tmp_path):
    home, out = tmp_path / "home", tmp_path / "out"
    home.mkdir(), out.mkdir()
    (out / "profile").write_bytes(b"mine")
    (home / "page.html").symlink_to(out / "profile")
    assert replace(b"page", home, "page.html") == home / "page.html"
    assert (home / "page.html").read_bytes() == b"page" and not (home / "page.html").is_symlink()
    (home / "figures").symlink_to(out)
    with pytest.raises(StoreError, match="leads out of the folder by a link"):
        replace(b"png", home, "figures/speed.png")
    assert {path.name: path.read_bytes() for path in out.iterdir()} == {"profile": b"mine"}
    assert sorted(path.name for path in home.iterdir()) == ["figures", "page.html"]
    assert replace(b"png", home / "new" / "deep", "figures/a.png").read_bytes() == b"png"


def test_a_write_that_takes_a_part_goes_on_with_the_rest(tmp_path, monkeypatch):
    real = os.write
    monkeypatch.setattr(files.os, "write", lambda d, data: real(d, bytes(data[:7])))
    files.write_all(tmp_path / "a", bytes(range(100)))
    assert (tmp_path / "a").read_bytes() == bytes(range(100))


def test_lines_are_appended(tmp_path):
    append_line(tmp_path / "log", "one")
    append_line(tmp_path / "log", "two")
    assert (tmp_path / "log").read_text() == "one\ntwo\n"
    with pytest.raises(StoreError, match="Is a directory"):
        append_line(tmp_path, "three")


def test_drafts_of_dead_processes_of_this_machine_are_removed(tmp):
    dead = os.fork()
    if dead == 0:
        os._exit(0)
    os.waitpid(dead, 0)
    here = socket.gethostname()
    keep = {f"{os.getpid()}-abc-1.parquet@{here}", f"{dead}-abc-1.parquet@another", "notes.txt"}
    for name in (*keep, f"{dead}-abc-1.parquet@{here}"):
        (tmp / name).write_bytes(b"half")
    remove_drafts(tmp)
    assert {p.name for p in tmp.iterdir()} == keep


def test_other_errors_pass():
    with pytest.raises(KeyError), refusals("x"):
        raise KeyError("x")
