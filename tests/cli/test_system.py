"""What the system refuses ends in one sentence and exit code 2 or 75: no traceback, no verdict, no mistake of ours."""

import errno
import io
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from rvd.cli.group import CommandGroup
from rvd.cli.system import CHANGE, TRY_AGAIN, Closed, open_streams, refusal_of
from rvd.store import table
from tests.short_case import write_short

CASE = Path(__file__).parents[2] / "cases" / "htv_berthing.toml"
RVD = f"{sys.executable} -m rvd.cli"
LONG, DEEP = "x" * 300, "x/" * 2500


def shell(command, folder, **environment):
    """A command line as a user's shell runs it; what stands on standard error unless that is what is tried."""
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, capture_output=True, text=True, errors="replace",
        env={**os.environ, **environment},
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device of Linux")
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("check {case} >&-", 2, "what there is to say cannot be written: Bad file descriptor"),
        ("check {case} > /dev/full", 2, "what there is to say cannot be written: No space left on device"),
        ("--help > /dev/full", 2, "rvd: the disk is full; free some space and run again.\n"),
        ("--version >&-", 2, "Bad file descriptor"),
        ("check {case} 2>&-", 0, ""),
        ("check nothing.toml 2>&-", 2, ""),
        ("check nothing.toml 2> /dev/full", 2, ""),
        ("fliegen 2> /dev/full", 2, ""),
        ("check {case} >&- 2>&- <&-", 2, ""),
        ("check {case} <&-", 0, ""),
        ("check {long}.toml", 2, "cannot be read (File name too long)"),
        ("check {deep}a.toml", 2, "cannot be read (File name too long)"),
        ("report {long} --quiet", 2, "is too long a name"),
        ("merge {long} --out out", 2, "is too long a name"),
        ("fly {case} --json --draws {long}.csv", 2, "File name too long"),
        ("new {long}", 2, "there is no starter case"),
        ("check {case} --wrench --out {long}", 2, "is too long a name"),
        ("campaign {case} --runs 1 --quiet --out {long}", 2, "is too long a name"),
        ("campaign {case} --runs 1 --quiet --out {deep}", 2, "is too long a name"),
        ("campaign {case} --runs 1 --quiet --out {case}/out", 2, "is a file where a folder is needed"),
    ],
)
def test_streams_and_names_that_the_system_refuses(tmp_path, words, code, said):
    command = words.format(case=CASE, long=LONG, deep=DEEP)
    ended, out, err = shell(f"{RVD} {command}", tmp_path)
    assert (ended, "Traceback" in out + err) == (code, False), err
    told = [
        line for line in err.splitlines() if line and not line.startswith("reading ")
    ]  # but for the progress
    assert said in err and len(err) < 800 and len(told) <= (1 if said else 3)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kilobytes", [400_000, 700_000])
def test_too_little_memory_is_a_sentence(tmp_path, kilobytes):
    code, _, err = shell(f"ulimit -v {kilobytes}; {RVD} check {CASE}", tmp_path)
    assert code == TRY_AGAIN and "not enough memory" in err, err
    assert "Traceback" not in err and len(err.strip().splitlines()) == 1


@pytest.mark.parametrize("handles", (6, 9))
def test_too_few_file_handles_are_a_sentence(tmp_path, handles):
    code, _, err = shell(f"ulimit -n {handles}; {RVD} check {CASE}", tmp_path)
    assert "Traceback" not in err and "mistake" not in err
    assert code == 0 or (code == TRY_AGAIN and "no more files can be opened" in err)


def test_a_folder_that_has_gone_is_a_sentence(tmp_path):
    here = tmp_path / "here"
    here.mkdir()
    code, _, err = shell(f"rmdir {here}; {RVD} check small.toml", here)
    assert code == 2 and "Traceback" not in err and len(err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LANG": "none.such"},
        {"PYTHONIOENCODING": "cp1252"},
    ],
)
def test_a_terminal_that_lacks_letters_gets_them_spelt(tmp_path, environment):
    (tmp_path / "parts").symlink_to(CASE.parent / "parts")
    title = "東京 ü 😀"
    (tmp_path / "c.toml").write_text(CASE.read_text("utf-8").replace("HTV-4 R-bar", title), encoding="utf-8")
    code, out, err = shell(f"{RVD} check c.toml", tmp_path, **environment)
    assert code == 0 and err == "" and ("東京" in out or r"\u6771\u4eac" in out)
    code, out, err = shell(f"{RVD} check c.toml --json", tmp_path, **environment)
    assert code == 0 and err == "" and ("東京" in out or r"\u6771\u4eac" in out)


def test_a_name_that_is_no_unicode_can_be_given(tmp_path):
    name = os.fsdecode(b"caf\xe9.toml")
    (tmp_path / "parts").symlink_to(CASE.parent / "parts")
    (tmp_path / name).write_bytes(CASE.read_bytes())
    for words in ("", "--json"):
        code, _, err = shell(rf"{RVD} check $'caf\xe9.toml' {words}", tmp_path)
        assert code == 0 and err == ""
    code, _, err = shell(rf"{RVD} check $'no caf\xe9.toml'", tmp_path)
    assert code == 2 and r"no caf\udce9.toml: the case file does not exist" in err


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device of Linux")
@pytest.mark.parametrize(
    ("where", "codes", "said"),
    [
        ("> /dev/full", (2,), "what there is to say cannot be written: No space left on device"),
        (">&-", (2,), "what there is to say cannot be written: Bad file descriptor"),
        ("2> /dev/full", (0, 1, 3), ""),
        ("2>&-", (0, 1, 3), ""),
    ],
)
def test_what_was_flown_is_kept_where_nothing_can_be_said(tmp_path, where, codes, said):
    write_short(tmp_path)
    words = f"campaign short.toml --runs 2 --jobs 1 --no-figures --out out {where}"
    code, _, err = shell(f"{RVD} {words}", tmp_path)
    assert code in codes and "Traceback" not in err
    assert err.strip().splitlines()[-1:] == ([f"rvd: {said}."] if said else [])
    assert table(tmp_path / "out")["run"].to_pylist() == [0, 1]


# ---- errors by themselves


def wrapped(cause):
    """A library's error in place of what the system said."""
    error = ValueError("a library's own words")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (MemoryError(), TRY_AGAIN, "not enough memory"),
        (OSError(errno.ENOMEM, "Cannot allocate memory"), TRY_AGAIN, "not enough memory"),
        (ImportError("x.so: failed to map segment from shared object"), TRY_AGAIN, "not enough memory"),
        (OSError("out of memory error when writing image file"), TRY_AGAIN, "not enough memory"),
        (OSError(errno.EMFILE, "Too many open files", "a"), TRY_AGAIN, "no more files can be opened"),
        (RuntimeError("can't start new thread"), TRY_AGAIN, "no more threads"),
        (OSError(errno.ENOSPC, "No space left on device", "a"), CHANGE, "a: the disk is full"),
        (OSError(errno.EIO, "Input/output error", "a"), CHANGE, "a: Input/output error"),
        (OSError(errno.EIO, "Input/output error"), CHANGE, "the system refuses: Input/output error"),
        (FileNotFoundError(errno.ENOENT, "No such file", b"\xff"), CHANGE, "is not there any more"),
        (PermissionError(errno.EACCES, "Permission denied", "x" * 5000), CHANGE, "Permission denied"),
        (wrapped(MemoryError()), TRY_AGAIN, "not enough memory"),
        (wrapped(OSError(errno.EMFILE, "Too many open files")), TRY_AGAIN, "no more files"),
    ],
)
def test_what_the_system_refuses_is_said(error, code, said):
    refusal = refusal_of(error)
    assert refusal.code == code and said in refusal.sentence and len(refusal.sentence) < 400


@pytest.mark.parametrize(
    "error",
    [ZeroDivisionError(), ValueError("x"), OSError("a library's own"), RuntimeError("x"), KeyError("memory"),
     BrokenPipeError(errno.EPIPE, "Broken pipe"), ImportError("no module named x")],
)  # fmt: skip
def test_our_own_mistakes_stay_ours(error):
    assert refusal_of(error) is None


def test_only_what_stores_flights_says_that_they_are_kept():
    full = OSError(errno.ENOSPC, "No space left on device", "a")
    assert "kept" not in refusal_of(full).sentence
    for error in (full, MemoryError(), OSError(errno.EMFILE, "Too many open files")):
        assert refusal_of(error, kept=True).sentence.endswith(": what was flown is kept")
    assert refusal_of(KeyError("x"), kept=True) is None


@pytest.mark.parametrize(("words", "said"), [("campaign", True), ("check", False), ("verify", False)])
def test_a_command_says_what_is_kept_of_what_it_flew(monkeypatch, capsys, words, said):
    def full():
        raise OSError(errno.ENOSPC, "No space left on device", "a")

    monkeypatch.setattr(CommandGroup, "get_command", lambda *_: click.Command(words, callback=full))
    with pytest.raises(SystemExit) as ended:
        CommandGroup("rvd").main([words])
    assert ended.value.code == CHANGE
    assert ("what was flown is kept" in capsys.readouterr().err) == said


def test_errors_in_a_circle_end():
    one, other = ValueError("a"), KeyError("b")
    one.__cause__, other.__cause__ = other, one
    assert refusal_of(one) is None


def test_no_file_gets_the_number_of_a_closed_stream(tmp_path):
    program = (
        "import os, sys\nfrom rvd.cli.system import open_streams\nopen_streams()\n"
        "number = os.open('shard', os.O_WRONLY | os.O_CREAT)\nassert number > 2, number\n"
        "print('said', file=sys.stderr)\nos.write(1, b'noise')\nos.write(2, b'noise')\n"
    )
    (tmp_path / "program.py").write_text(program)
    code, _, _ = shell(f"{sys.executable} program.py <&- >&- 2>&-", tmp_path)
    assert code == 0 and (tmp_path / "shard").read_bytes() == b""


def test_streams_that_are_there_stay(monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", stream)
    before = sys.stderr
    open_streams()
    assert sys.stdout is stream and stream.errors == "backslashreplace" and sys.stderr is before


def test_nothing_can_be_said_where_there_is_no_output():
    with pytest.raises(OSError):
        Closed().write("x")
