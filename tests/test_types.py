"""What an editor and a type checker see of the public functions: mypy refuses each wrong call of a file of them."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
CALLS = HERE / "wrong_calls.py"


def test_mypy_refuses_each_wrong_call_and_no_right_one():
    lines = CALLS.read_text().splitlines()
    wrong = {number for number, line in enumerate(lines, 1) if line.endswith("# wrong")}
    right = {number for number, line in enumerate(lines, 1) if line.endswith("# right")}
    assert len(wrong) > 12 and right
    command = [sys.executable, "-m", "mypy", "--no-error-summary", "--hide-error-context", str(CALLS)]
    said = subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True).stdout
    refused = {
        int(line.split(":")[1]) for line in said.splitlines() if line.startswith(f"tests/{CALLS.name}:")
    }
    assert refused == wrong, said
