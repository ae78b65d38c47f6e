import json
import math
from pathlib import Path

import numpy as np

from rvd.cli.output import plain, say_json
from rvd.signals import Outcome


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


def test_numbers_keep_every_bit():
    assert json.loads(json.dumps(plain(np.float64(0.1) + 0.2))) == 0.1 + 0.2
