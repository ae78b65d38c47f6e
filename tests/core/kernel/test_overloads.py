"""A face inside compiled code: what it takes, what it gives where the face raises, and what is kept of it."""

import math
import os
import subprocess
import sys

import numba
import numpy as np
import pytest
from numba.core.errors import TypingError

import rvd
from rvd.core.kernel import Quat, Vec, inside, kernel, njit
from rvd.core.orbit.elements import Kepler

pytestmark = pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="compiled code is what is tested")


@kernel
def turns(n: float) -> bool:
    """Whether there is an answer."""
    return n > 0.0


@kernel
def _moved(
    r: Vec, orbit: Kepler, n: float, far: bool, count: int
) -> tuple[Vec, Quat, float, bool, int, Kepler]:
    x = (n * r[0], r[1] / (n - 2.0), r[2])
    return x, (x[0], x[1], x[2], orbit.e), x[0] / n, far, count, orbit


def moved(r, orbit, n, far=True, count=3):
    """A face, whose work over arrays nobody asks for here."""
    return r, orbit, n, far, count


inside(moved, _moved, turns)


@njit
def seen(*given):
    """The face in compiled code, by position."""
    return moved(*given)


@njit
def named(r, orbit, n):
    """The face in compiled code, by name."""
    return moved(n=n, r=r, orbit=orbit, count=7)


ORBIT = (7e6, 0.25, 0.9, 0.3, 1.2, 0.4)


def test_whole_numbers_are_floats_and_defaults_are_the_faces():
    expected = ((3.0, 2.0, 3.0), (3.0, 2.0, 3.0, 0.25), 1.0, True, 3, Kepler(*ORBIT))
    assert seen((1, 2, 3), ORBIT, 3) == expected
    assert seen((1.0, 2, 3), Kepler(*ORBIT), 3.0) == expected
    assert seen(np.array((1, 2, 3)), np.array(ORBIT), 3) == expected
    assert named((1, 2, 3), ORBIT, 3) == (*expected[:4], 7, expected[5])
    large = 2**40
    assert seen((large, 2, 3), ORBIT, large)[0][0] == float(large) * float(large)  # 2**80 is no int64


@pytest.mark.parametrize(
    "given",
    [
        ((1.0, 2.0, 3.0), ORBIT, 0.0),  # no answer, the kernel's word
        ((1.0, 2.0, 3.0), ORBIT, 2.0),  # the kernel divides by zero
        ((1.0, 2.0, 3.0), ORBIT, 1e31),
        ((1.0, math.nan, 3.0), ORBIT, 3.0),
        ((1.0, 2.0, 3.0), (*ORBIT[:5], math.inf), 3.0),
    ],
)
def test_where_the_face_would_raise_every_number_is_nan(given):
    x, q, size, far, count, orbit = seen(*given)
    assert all(map(math.isnan, (*x, *q, size, *orbit)))
    assert far is False and count == 0


def test_an_array_of_another_size_is_refused_by_name():
    with pytest.raises(
        ValueError, match="r is a tuple or an array of 3 numbers, and the array is of another size"
    ):
        seen(np.array((1.0, 2.0, 3.0, 4.0)), ORBIT, 3.0)
    with pytest.raises(ValueError, match="orbit is a tuple or an array of 6 numbers"):
        seen((1.0, 2.0, 3.0), np.zeros(5), 3.0)


def test_what_is_no_number_is_refused_by_name():
    for given, sentence in (
        (((1, 2), ORBIT, 3), "r is a tuple or an array of 3 numbers"),
        (((1, 2, "three"), ORBIT, 3), r"r\[2\] is a number"),
        (((1, 2, 3), ORBIT, "three"), "n is a number"),
        (((1, 2, 3), ORBIT, True), "n is a number"),
        (((1, 2, 3), ORBIT, 3, 1), "far is bool"),
        (((1, 2, 3), ORBIT, 3, True, 1.5), "count is a whole number"),
        ((np.ones((2, 3)), ORBIT, 3), "r is a tuple or an array of 3 numbers"),
    ):
        with pytest.raises(TypingError, match=sentence):
            seen(*given)


def test_a_face_is_found_by_its_way_from_rvd_where_nothing_is_loaded_yet(tmp_path):
    lines = """
import rvd
@rvd.njit
def there(r, v, n, t):
    return rvd.motion.cw.coast(r, v, n, t)
print(there((0, -5000, 0), (0, 0, 0), 1.13e-3, 600)[0][1], sum(there.stats.cache_hits.values()))
"""
    (tmp_path / "mine.py").write_text(lines)
    environment = os.environ | {"RVD_CACHE_DIR": str(tmp_path / "kept")}
    command = [sys.executable, str(tmp_path / "mine.py")]
    said = [
        subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.split()
        for _ in range(2)
    ]
    assert said == [["-5000.0", "0"], ["-5000.0", "1"]]


def test_what_is_kept_knows_the_files_of_the_functions_that_it_calls(tmp_path):
    """The caller's file stays as it is, the callee's changes: numba.njit(cache=True) would give the old number."""
    (tmp_path / "caller.py").write_text(
        "import rvd, callee\n@rvd.njit\ndef go(x):\n    return callee.factor(x)\n"
        "print(go(2.0), len(go.stats.cache_hits))\n"
    )
    said = []
    for factor in (3.0, 3.0, 5.0):
        (tmp_path / "callee.py").write_text(
            f"import rvd\n@rvd.njit\ndef factor(x):\n    return {factor} * x\n"
        )
        environment = os.environ | {"RVD_CACHE_DIR": str(tmp_path / "kept"), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            [sys.executable, "caller.py"],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        said.append(done.stdout.split())
    assert said == [["6.0", "0"], ["6.0", "1"], ["10.0", "0"]]


OUTSIDE = """
import sys, enum, numpy as np, rvd, numba
from numba.extending import register_jitable
K = float(sys.argv[1])
ARRAY = np.array([K, 2.0])
SINGLE = np.float32(K)
LONG = tuple([K] + [1.0] * 2000)
class Kind(enum.IntEnum):
    ONE = int(K)
@register_jitable
def other(x):
    return x * K
@rvd.njit
def array(x):
    return ARRAY[0] * x
@rvd.njit
def nested(x):
    def within(y):
        return K * y
    return within(x)
@rvd.njit
def listed(x):
    return [K * x for i in range(2)][0]
@rvd.njit
def single(x):
    return SINGLE * x
@rvd.njit
def member(x):
    return Kind.ONE.value * x
@rvd.njit
def unknown(x):
    return other(x)
@rvd.njit
def settled(x):
    return np.sqrt(x) + rvd.motion.cw.coast((x, x, x), (x, x, x), 1e-3, 1.0)[0][0]
for one in (array, nested, listed, single, member, unknown, settled):
    print(one.__name__, float(one(1.0)), len(one.stats.cache_hits))
"""


def test_what_is_kept_knows_what_it_found_outside(tmp_path):
    """Each of these once gave yesterday's number; what nobody understands is not kept at all."""
    (tmp_path / "mine.py").write_text(OUTSIDE)
    environment = os.environ | {"RVD_CACHE_DIR": str(tmp_path / "kept")}
    said = []
    for k in ("1", "1", "5"):
        done = subprocess.run(
            [sys.executable, "mine.py", k], cwd=tmp_path, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        said.append({line.split()[0]: line.split()[1:] for line in done.stdout.splitlines()})
    first, again, changed = said
    for name in ("array", "nested", "listed", "single", "member"):
        assert (first[name], again[name], changed[name]) == (["1.0", "0"], ["1.0", "1"], ["5.0", "0"]), name
    assert (again["unknown"], changed["unknown"]) == (["1.0", "0"], ["5.0", "0"])
    assert again["settled"][1] == changed["settled"][1] == "1"


def test_a_signature_is_refused():
    with pytest.raises(TypeError, match="takes a function"):
        njit("float64(float64)")


def test_nothing_is_kept_where_it_is_asked_so():
    @njit(cache=False)
    def go(x):
        return x + 1.0

    assert go(1.0) == 2.0
    assert rvd.njit is njit and go.stats.cache_path is None
