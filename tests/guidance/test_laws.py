"""The family of laws that ship as functions: each is one file, its test and its name in the list, and no more."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rvd.guidance.laws import FOLDER, SHIPPED

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", SHIPPED)
def test_each_has_its_file_and_its_test(name):
    assert f"def {name}(leg, now" in (FOLDER / f"{name}.py").read_text()
    assert (Path(__file__).parent / "laws" / f"test_{name}.py").is_file()


def test_the_list_names_every_file():
    assert sorted(SHIPPED) == sorted(file.stem for file in FOLDER.glob("*.py") if file.stem != "__init__")


NEW = '''\
"""Away: straight out from the origin of the leg's frame."""

from rvd.core.algebra.vec import norm, scale
from rvd.guidance import own_law, track


@own_law(speed="m/s")
def away(leg, now, speed=0.1):
    """A way straight out from the origin of the frame."""
    out = scale(1.0 / norm(now.r_entry_leg), now.r_entry_leg)
    return track(scale(norm(now.r_entry_leg) + speed * now.s, out), scale(speed, out), over=now.s > 100.0)
'''

LOOK = """
import sys

from rvd.assembly.build import build
from rvd.casefile import json_schema, load, say
from rvd.casefile.reference import reference
from rvd.core.signals import Now

case = load(sys.argv[1]).with_values(
    {"leg.to 50 m.law": "away", "leg.to 50 m.speed": None, "leg.to 50 m.at_most": 900.0,
     "leg.to 50 m.parameters": {"speed": 0.2}}
)
assert '"away"' in reference() and "away" in str(json_schema())
assert "away (A way straight out from the origin of the frame), speed 0.2 m/s" in say(case)
assert case.code == {}
assert load(sys.argv[1]).own_laws == {}
built = build(case)
(law,) = built.laws
at = [leg.name for leg in case.leg].index("to 50 m")
assert tuple(built.setup.onboard.plan.own[at, :2]) == (0.0, 0.2)
"""


def test_a_law_is_added_by_its_file_and_its_name_in_the_list(tmp_path):
    sources = tmp_path / "src"
    shutil.copytree(ROOT / "src", sources, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "cases", tmp_path / "cases")
    family = sources / "rvd" / "guidance" / "laws"
    (family / "away.py").write_text(NEW)
    listed = (family / "__init__.py").read_text()
    (family / "__init__.py").write_text(listed.replace('SHIPPED = ("arc", ', 'SHIPPED = ("away", "arc", '))
    done = subprocess.run(
        [sys.executable, "-c", LOOK, str(tmp_path / "cases" / "inspection.toml")],
        env={
            "PYTHONPATH": str(sources),
            "NUMBA_DISABLE_JIT": "1",
            "PATH": "",
            "RVD_CACHE_DIR": str(tmp_path),
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
