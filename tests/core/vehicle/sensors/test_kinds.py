"""The family of sensors: a kind is its module, a line of the list, and the table of its keys."""

import numpy as np
import pytest

from rvd.core.kernel import leaves
from rvd.core.vehicle.sensors.kinds import SensorKind
from tests.core.added import run_with_all

MODULE = '''"""Range and range rate by radio, from centre of mass to centre of mass."""

from typing import NamedTuple

from rvd.core.algebra.random import normal4
from rvd.core.algebra.vec import dot, norm
from rvd.core.kernel import Row, kernel, load
from rvd.core.signals import Key
from rvd.core.vehicle.faults import SOUND, Fault, erring
from rvd.core.vehicle.sensors.sensor import Look, Scene, Sensor
from rvd.core.vehicle.transit import Delivery

STREAMS = ("noise.radio",)


class Radio(NamedTuple):
    range: float
    rate: float
    bias: float
    out_since: float
    out_until: float
    delivery: Delivery
    fault: Fault = SOUND


NUMBERS = Radio


@kernel
def look(sensor: Sensor, row: Row, scene: Scene, latent: Row, key: Key) -> Look:
    radio, true = load(Radio, row, int(sensor.at), 0, 1), scene.geometry
    z = normal4(key.seed, key.run, int(sensor.streams[0]), key.tick.number)
    z = erring(radio.fault, key.tick.t, z)
    far = norm(true.r_hill)
    read = far + radio.bias + radio.range * z[0]
    rate = dot(true.r_hill, true.v_hill) / far + radio.rate * z[1]
    return Look(
        fresh=1.0,
        numbers=(read, rate, 0.0, 0.0, 0.0, 0.0),
        which=0.0,
        delivery=radio.delivery,
        fault=radio.fault,
    )
'''

TABLE = '''class Radio(Delivered):
    """Range and range rate by radio."""

    range: Annotated[Distance, Drawn(noise=True)]
    """White noise of the range."""
    rate: Annotated[SpeedError, Drawn(noise=True)]
    """White noise of its rate."""
    bias: Annotated[Length, Drawn()] = 0.0
    """Constant error of the range."""


'''

KEY = '''    radio: Radio | None = None
    """Range and range rate by radio."""
'''

LOOK = """
import sys
import numpy as np
from rvd.assembly.build import build
from rvd.case.paths import PATHS
from rvd.casefile import json_schema, load, say
from rvd.casefile.reference import reference
from rvd.core.flight import scalar
from rvd.core.flight.history import HISTORY
from rvd.core.flight.truth import Drawn
from rvd.core.kernel import leaves
from rvd.core.guidance.own import SIGNATURE
from rvd.assembly.ladder import ladder
from rvd.core.kernel import place_of
from rvd.core.signals import Sensed
from rvd.errors import CaseError

case = load(sys.argv[1])
assert "sensors.radio.bias" in PATHS and "Range and range rate by radio." in reference()
assert "radio" in json_schema()["$defs"]["Sensors"]["properties"]
radio = {"range": "0.5 m", "rate": "0.01 m/s", "period": "2 s", "latency": "0.5 s"}
case = case.with_values({"sensors.radio": radio, "disperse.sensors.radio.bias": {"normal": "2 m"}})
assert "radio every 2 s, range 0.5 m, rate 0.01 m/s, 0.5 s late" in say(case)
built = build(case)
row = built.row.copy()
row[built.names.index("sensors.radio.bias")] = 7.0
setup = built.setup._replace(seconds=10)
legs, history = np.full((len(built.leg_names) + 1, 99), np.nan), np.full((99, len(HISTORY)), np.nan)
work = scalar.work_for(setup, legs, history, np.full((99, 99), np.nan))
scalar.fly(setup, place_of(ladder(()), SIGNATURE), Drawn(row, 1, 2), work, 1)
assert len(work.readings) == 6
names = leaves(Sensed)
last = dict(zip(names, work.readings[-1]))
there = history[8, [HISTORY.index(f"{axis}bar") for axis in "vrh"]]  # it looks at 8 s, and says so at 9 s
assert abs(last["numbers.0"] - 7.0 - np.linalg.norm(there)) < 6 * 0.5, last
assert (last["has"], last["looked"], last["age"]) == (1.0, 0.0, 1.0), last
try:
    case.with_values({"sensors.radio.range": "-3 m"})
except CaseError as error:
    assert error.key == "sensors.radio.range", error
else:
    raise AssertionError
"""


def test_a_kind_is_added_by_its_module_its_table_and_a_line_of_the_list(tmp_path):
    """Three files for a sensor that a case may carry, disperse and fail; what navigation makes of it is beside."""
    run_with_all(
        tmp_path,
        {"core/vehicle/sensors/radio.py": MODULE},
        [
            ("core/vehicle/sensors/kinds.py", "    ACCELEROMETER = 4\n", "    RADIO = 5\n"),
            (
                "case/sensors.py",
                '    """Accelerometer; without it every burn is taken as commanded."""\n',
                KEY,
            ),
            ("case/sensors.py", '    """Reading over truth."""\n\n\n', TABLE),
        ],
        LOOK,
    )


@pytest.mark.parametrize("kind", SensorKind)
def test_every_kind_either_looks_or_feels(kind):
    module = kind.module
    assert hasattr(module, "look") != hasattr(module, "feel")
    assert hasattr(module, "live") == hasattr(module, "begin")
    assert 1 <= len(module.STREAMS) <= 4 and len(set(module.STREAMS)) == len(module.STREAMS)
    assert {"fault.kind", "fault.since", "fault.until", "fault.size"} <= set(leaves(module.NUMBERS))


def test_no_two_kinds_share_a_stream():
    streams = [name for kind in SensorKind for name in kind.module.STREAMS]
    assert len(np.unique(streams)) == len(streams)
