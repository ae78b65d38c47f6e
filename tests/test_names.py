import os
from pathlib import Path

import pytest

from rvd.names import (
    KEPT_FILES,
    KEPT_FOLDERS,
    NoFileError,
    plain_file,
    why_linked_out,
    why_no_file,
    why_outside,
)

INSIDE = (
    "a.csv",
    "parts/a.csv",
    "./parts/a.csv",
    "deep/er/my_laws.py",
    "..a",
    "a..b/c",
    "figures/x.csv",
    "é/ü.csv",
    "12:30.csv",
)

OUTSIDE = {
    "../a": "leads out of the folder",
    "a/../../b": "leads out of the folder",
    "a/..": "leads out of the folder",
    ".": "leads out of the folder",
    "/etc/passwd": "is not relative to the folder",
    "//host/share/a": "is not relative to the folder",
    "C:/a": "is not relative to the folder",
    "c:a": "is not relative to the folder",
    "parts/C:a": "is not relative to the folder",
    "..\\a": "holds a backslash",
    "\\\\host\\share": "holds a backslash",
    "a\0b": "a character that no name may hold",
    "a\nb": "a character that no name may hold",
    "a\x1b[2J": "a character that no name may hold",
    "a\ud800": "a character that no name may hold",
    "": "is no name of a file",
    "  ": "is no name of a file",
    "x" * 256: "is too long",
    "x/" * 600 + "a": "is too long",
    "ü" * 128: "is too long",
    "runs/00000000.parquet": "keep for themselves",
    "RUNS/x.csv": "keep for themselves",
    "tmp": "keep for themselves",
    "compact/x.py": "keep for themselves",
    "manifest.json": "keep for themselves",
    "./case.toml": "keep for themselves",
    "Report.HTML": "keep for themselves",
}  # fmt: skip


@pytest.mark.parametrize("name", INSIDE)
def test_a_name_inside_may_be_used(name, tmp_path):
    assert why_outside(name) == why_outside(name, tmp_path) == ""


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_name_that_leads_elsewhere_is_not(name, tmp_path):
    assert OUTSIDE[name] in why_outside(name) and OUTSIDE[name] in why_outside(name, tmp_path)


def test_what_a_results_folder_holds_is_its_own():
    from rvd.store.folder import _OURS
    from rvd.store.manifests import NAME

    assert _OURS | {NAME} <= {*KEPT_FOLDERS, *KEPT_FILES}


@pytest.mark.parametrize("name", [None, 3, ["a"], b"a"])
def test_what_is_no_text_is_no_name(name):
    assert why_outside(name) == "is no name of a file"


def test_a_device_or_a_pipe_is_no_file(tmp_path):
    (tmp_path / "file").write_text("")
    os.mkfifo(tmp_path / "pipe")
    assert why_no_file(tmp_path / "file") == why_no_file(tmp_path / "nothing") == ""
    assert why_no_file(tmp_path / "pipe") == why_no_file(Path("/dev/zero")) == "is no file"
    assert why_no_file(tmp_path) == "is a folder"
    assert "too long" in why_no_file(tmp_path / ("x" * 300)) and why_no_file(tmp_path / "a\0b") == ""


def test_links_are_followed(tmp_path):
    home, out = tmp_path / "home", tmp_path / "out"
    (home / "deep").mkdir(parents=True)
    out.mkdir()
    (home / "away").symlink_to(out)
    (home / "file.csv").symlink_to(out / "secret")
    (home / "near.csv").symlink_to("deep/a.csv")
    (home / "round").symlink_to("round")
    assert "by a link" in why_outside("away/a.csv", home)
    assert "by a link" in why_outside("file.csv", home)
    assert why_outside("round/a.csv", home)
    assert why_outside("near.csv", home) == why_outside("deep/a.csv", home) == ""
    (tmp_path / "home2").symlink_to(home)  # the folder itself may be reached by one
    assert why_outside("deep/a.csv", tmp_path / "home2") == ""
    assert why_linked_out(home / "deep", home) == "" and why_linked_out(home / "away", home)


def test_what_is_read_is_a_file(tmp_path):
    """Otherwise the system's own error, or one that says that it is no file."""
    (tmp_path / "file").write_text("")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/dev/zero")
    (tmp_path / "round").symlink_to("round")
    assert plain_file(tmp_path / "file") == tmp_path / "file"
    for name, error in [("pipe", NoFileError), ("link", NoFileError), ("nothing", FileNotFoundError),
                        ("file/a", NotADirectoryError), ("", IsADirectoryError), ("round", OSError)]:  # fmt: skip
        with pytest.raises(error):
            plain_file(tmp_path / name)
