import math
import os
import subprocess
import sys

import numpy as np
import pytest

from rvd.core.algebra import elementary, quat
from rvd.core.algebra.normal import normal_probability, normal_quantile
from rvd.core.kernel import kernel, plain
from rvd.core.orbit.sun import sun_from_earth_series

RNG = np.random.default_rng(4)


@kernel
def inner(x: float) -> float:
    """A kernel that another calls."""
    return elementary.exp(x) if x < 0.0 else x


@kernel
def outer(x: float) -> float:
    """Calls another kernel, and by its module's name a third."""
    return inner(x) + elementary.log(2.0 + x * x)


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        (elementary.sincos, RNG.uniform(-1e6, 1e6, (200, 1))),
        (elementary.exp, RNG.uniform(-750.0, 715.0, (200, 1))),
        (elementary.log, 10.0 ** RNG.uniform(-320.0, 308.0, (200, 1))),
        (elementary.atan2, RNG.normal(size=(200, 2))),
        (normal_quantile, RNG.uniform(0.0, 1.0, (200, 1))),
        (normal_probability, RNG.uniform(-40.0, 40.0, (200, 1))),
        (sun_from_earth_series, RNG.uniform(-1e9, 1e9, (50, 1))),
        (outer, RNG.normal(size=(20, 1))),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_plain_python_gives_the_kernel_s_bits(function, arguments):
    for given in arguments:
        given = tuple(map(float, given))
        assert plain(function)(*given) == function(*given), given


def test_plain_python_keeps_records_and_tuples():
    q = quat.normalize((0.1, -0.2, 0.3, 0.9))
    assert plain(quat.multiply)(q, q) == quat.multiply(q, q)
    assert plain(quat.from_axes)((1.0, 0.0, 0.0), (0.0, 0.0, 1.0), (0.0, -1.0, 0.0)) == pytest.approx(
        (math.sqrt(0.5), 0.0, 0.0, math.sqrt(0.5))
    )


def test_a_set_up_compiles_nothing(tmp_path):
    """Into an empty cache come the stand-in for a user's laws and the quantiles of the rows that a check draws."""
    program = "import rvd\nfrom rvd.montecarlo.mission import Mission\nMission(rvd.load('cases/htv_berthing.toml'))\n"
    environment = os.environ | {"RVD_CACHE_DIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", program], env=environment, check=True)
    compiled = {path.name.split("-")[0].split(".")[0] for path in tmp_path.rglob("*.nbi")}
    assert compiled <= {"ladder", "normal", "elementary"}
