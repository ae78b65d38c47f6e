"""Times the first call of functions on an empty cache. Run: python -m validation.speed.first_calls [NAME ...]

Each in a process of its own; processor time of the call alone: with 3,000 rows, for which it is compiled where that is
quicker, and with one row, which is plain Python. The first number is the share of what is asked of the first: 3 s for
every function of `rvd.guidance`, `rvd.motion.cw` and `rvd.orbit.lambert`, 10 s for others. Of names that are given only
those are timed ("cw.coast", or "natural" for a whole module); the largest share comes last.
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
floats = [key for key in given if isinstance(given[key], float)]
if count > 1:
    wide = floats[-1] if floats else next(iter(given))
    one = np.asarray(given[wide], dtype=float)
    given[wide] = np.broadcast_to(one, (count, *one.shape)).copy()
begin = time.process_time()
call(**given)
print(time.process_time() - begin)
"""

SOON = 3.0
"""Seconds that are asked of guidance, CW and Lambert."""

OTHERS = {
    "kepler.coast": 10.0, "yamanaka_ankersen.two_impulse": 10.0, "drifting.closest_approach": 10.0,
    "long_encounter.probability": 10.0,
}  # fmt: skip


def asked() -> dict[str, float]:
    """Every function that is timed, with the seconds that are asked of it."""
    from rvd.guidance import MODULES
    from tests.test_every_face import GOOD

    modules = (*MODULES, "cw", "lambert")
    return {name: SOON for name in sorted(GOOD) if name.partition(".")[0] in modules} | OTHERS


def waited(name: str, count: int) -> float:
    """Processor time of the first call on an empty cache, s."""
    with tempfile.TemporaryDirectory() as empty:
        command = [sys.executable, "-c", CALL, name, str(count)]
        environment = os.environ | {"RVD_CACHE_DIR": empty}
        done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return float(done.stdout)


def main(names: list[str]) -> None:
    """Prints the table."""
    found = []
    for name, most in asked().items():
        if not names or name in names or name.partition(".")[0] in names:
            many, one = waited(name, 3000), waited(name, 1)
            found.append((many / most, name, many, one))
            print(f"{name}: {many:.2f} s", file=sys.stderr, flush=True)
    print("share of what is asked   function                            3,000 rows    one row")
    for share, name, many, one in sorted(found):
        print(f"{share:22.2f}   {name:34} {many:8.2f} s {one:8.2f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
