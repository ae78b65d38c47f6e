"""The list of the laws; and that a law is added by its file, its test and one line."""

import ast
import os
import shutil
import subprocess
import sys

import pytest

from rvd.case.legs import LAWS
from rvd.core.guidance.laws import BUILT_IN, WORDS, Law
from rvd.guidance.laws import SHIPPED
from tests.short_case import ROOT, write_short


def test_every_law_has_a_word_and_a_module():
    folder = ROOT / "src" / "rvd" / "core" / "guidance"
    assert (*WORDS, *SHIPPED) == LAWS
    assert Law.OWN not in BUILT_IN and len(BUILT_IN) == len(Law) - 1
    assert all((folder / f"{law.name.lower()}.py").is_file() for law in BUILT_IN)


EASE = '''"""Ease: to the leg's point in the leg's time, as fast at its end as at its begin."""

from rvd.core.algebra.vec import axpy, scale, sub
from rvd.core.kernel import kernel
from rvd.core.signals import GuidanceState, Memory, Request


@kernel
def request(memory: Memory, state: GuidanceState, n: float, s: float) -> Request:
    """Tracks a place on the line that goes by 3 u2 - 2 u3 of the time."""
    line, u = sub(memory.leg.to_leg, memory.r_entry_leg), min(s / memory.leg.time, 1.0)
    rate = 6.0 * u * (1.0 - u) / memory.leg.time
    return 1.0, axpy(u * u * (3.0 - 2.0 * u), line, memory.r_entry_leg), scale(rate, line), (0.0, 0.0, 0.0)


@kernel
def flown(memory: Memory, s: float) -> bool:
    """Whether the time is over."""
    return s >= memory.leg.time
'''

LEG = """
[[leg]]
name = "line"
law = "ease"
to = { rbar = "10.0 m" }
attitude = { yaw = "180 deg" }
time = "90 s"
at_most = "2 min"
zone = "sphere"
rate = "1 Hz"
control = "near"
nozzles = "close"
"""

FLOWN = """
import sys
import rvd
import rvd.core.guidance

flight = rvd.fly(sys.argv[1], run=None)
there = flight.history["leg"] == 1
print(rvd.core.guidance.__file__)
print(flight.history["t"][there][[0, -1]].tolist())
print(flight.history["fixture_rbar"][there][[0, -1]].round(2).tolist())
"""


def test_a_law_is_added_by_its_file_and_one_line(tmp_path):
    """In a copy of the sources: a built-in law, named in a case and flown for two minutes without the compiler."""
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    package = tmp_path / "src" / "rvd" / "core" / "guidance"
    (package / "ease.py").write_text(EASE)
    listed = (package / "laws.py").read_text()
    (package / "laws.py").write_text(listed.replace("    RETREAT = 5\n", "    RETREAT = 5\n    EASE = 7\n"))
    hold = {"at_least": 5.0, "to": {"rbar": 12.0}, "settle": 0.0, "arrived": [1.0, 0.1, 0.1], "rate": 1}
    case = write_short(
        tmp_path, {"start.rbar": 12.0, **{f"leg.box.{key}": value for key, value in hold.items()}}
    )
    box, drift = '[[leg]]\nname = "box"', '[[leg]]\nname = "free drift"'
    text = case.read_text()
    assert box in text and drift in text
    case.write_text(text.replace(drift, f"{LEG}\n{drift}").replace('at_most = "120.0 s"', 'at_most = "25 s"'))
    environment = os.environ | {"NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(tmp_path / "src")}
    done = subprocess.run(
        [sys.executable, "-c", FLOWN, str(case)], capture_output=True, text=True, env=environment
    )
    assert done.returncode == 0, done.stderr
    where, times, places = done.stdout.splitlines()
    assert where.startswith(str(tmp_path))
    begin, end = ast.literal_eval(times)
    assert 5.0 <= begin < 8.0 and end - begin == pytest.approx(90.0, abs=2.0)
    assert ast.literal_eval(places) == pytest.approx([12.0, 10.0], abs=0.4)
