import io
import json
import math
from pathlib import Path

import numpy as np
import pytest

from rvd.cli.output import plain, say, say_json
from rvd.core.signals import Outcome


def test_what_json_cannot_hold_is_made_plain(capsys):
    say_json(
        {
            "outcome": Outcome.LEFT_BOX,
            "number": np.float64(1.5),
            "nan": math.nan,
            "inf": [math.inf, np.float64(np.nan)],
            "array": np.arange(3),
            "path": Path("a") / "b",
            "deep": {"k": (True, None, np.int64(7), "ü")},
        }
    )
    assert json.loads(capsys.readouterr().out) == {
        "outcome": "left_box",
        "number": 1.5,
        "nan": None,
        "inf": [None, None],
        "array": [0, 1, 2],
        "path": "a/b",
        "deep": {"k": [True, None, 7, "ü"]},
    }


HOSTILE = "\x1b[2J\x07 \x9b31m \x7f \u202eevil\u2066 \r ok ü 東 😀 \udce9\n\tline"


def test_a_terminal_is_not_steered(capsys):
    say(HOSTILE)
    said = capsys.readouterr().out
    assert "ok ü 東 😀" in said and "\n\tline\n" in said
    assert r"\x1b[2J\x07 \x9b31m \x7f \u202eevil\u2066 \x0d ok" in said and r"\udce9" in said
    assert all(letter.isprintable() or letter in "\n\t" for letter in said)


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1", "cp1252"])
def test_json_is_the_same_on_every_terminal(monkeypatch, encoding):
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr("sys.stdout", stream)
    say_json({"title": HOSTILE})
    stream.flush()
    written = stream.buffer.getvalue().decode(encoding)
    assert json.loads(written) == {"title": HOSTILE}
    assert all(letter.isprintable() or letter == "\n" for letter in written)


def test_numbers_keep_every_bit():
    assert json.loads(json.dumps(plain(np.float64(0.1) + 0.2))) == 0.1 + 0.2
