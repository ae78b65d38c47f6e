"""A number is declared once: written in its table, it is found wherever numbers of a case are known."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

LOOK = """
import sys
from rvd.assembly.build import build
from rvd.case.columns import column
from rvd.case.paths import PATHS
from rvd.casefile import json_schema, load, say
from rvd.casefile.reference import reference

KEY = "sensors.gyro.drift"
case = load(sys.argv[1]).with_values({KEY: 3e-7})
built = build(case)
row = dict(zip(built.names, built.row))
assert row[KEY] == 3e-7 and built.keys[built.names.index(KEY)] == KEY
assert PATHS[KEY].unit == "rad/s" and PATHS[KEY].usual == "deg/h"
assert column(KEY).meaning == f"drawn: {KEY}: how fast the bias walks away"
told = "How fast the bias walks away."
assert json_schema()["$defs"]["Gyro"]["properties"]["drift"]["description"] == told
assert told in reference()
assert f"| `{KEY}` | one | `deg/h` |" in reference()
assert "drift" in say(case)
drawn = case.with_values({f"disperse.{KEY}": {"normal": "0.1 deg/h"}})
assert f"{KEY}: normal" in say(drawn) and drawn.disperse[-1].slots == (KEY,)
"""


def put_behind(file: Path, line: str, more: str) -> None:
    text = file.read_text()
    assert text.count(line) == 1
    file.write_text(text.replace(line, f"{line}{more}"))


def test_a_number_written_in_its_table_and_in_the_record_that_flies_it_is_known_everywhere(tmp_path):
    sources = tmp_path / "src"
    shutil.copytree(ROOT / "src", sources, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "cases", tmp_path / "cases")
    table = '    drift: Annotated[float, Quantity("rad/s", "deg/h"), Drawn()] = 0.0\n'
    put_behind(
        sources / "rvd" / "case" / "sensors.py",
        '    """Gyro: the inertial rate."""\n\n',
        f'{table}    """How fast the bias walks away."""\n',
    )
    record = "    #: Bias, rad/s, body axes.\n    bias: Vec\n"
    put_behind(sources / "rvd" / "core" / "vehicle" / "sensors" / "gyro.py", record, "    drift: float\n")
    case = tmp_path / "cases" / "htv_berthing.toml"
    done = subprocess.run(
        [sys.executable, "-c", LOOK, str(case)],
        env={"PYTHONPATH": str(sources), "NUMBA_DISABLE_JIT": "1", "PATH": ""},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
