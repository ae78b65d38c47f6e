"""Times the first call of functions on an empty cache. Run: python -m validation.speed.first_calls

Each in a process of its own; processor time of the call alone: with one row, which is plain Python, and with 3,000,
for which it is compiled where that is quicker.
"""

import os
import subprocess
import sys
import tempfile

CALL = """
import sys, time
import numpy as np
from tests.test_every_face import GOOD, face
name, count = sys.argv[1], int(sys.argv[2])
call, given = face(name), dict(GOOD[name])
last = next(key for key in reversed(given) if isinstance(given[key], float))
if count > 1:
    given[last] = np.full(count, given[last])
begin = time.process_time()
call(**given)
print(time.process_time() - begin)
"""

NAMES = (
    "cw.coast", "cw.two_impulse", "yamanaka_ankersen.two_impulse", "kepler.coast", "lambert.transfer",
    "interception.intercept", "hops.to_state", "approach.five_burns", "forced.glideslope_pulse",
    "drifting.closest_approach", "long_encounter.probability",
)  # fmt: skip


def waited(name: str, count: int) -> float:
    """Processor time of the first call on an empty cache, s."""
    with tempfile.TemporaryDirectory() as empty:
        command = [sys.executable, "-c", CALL, name, str(count)]
        environment = os.environ | {"RVD_CACHE_DIR": empty}
        done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return float(done.stdout)


if __name__ == "__main__":
    for one in NAMES:
        print(f"{one:30} one row {waited(one, 1):6.2f} s, many rows {waited(one, 3000):6.2f} s", flush=True)
