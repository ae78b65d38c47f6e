"""All sensors of a table at one tick: from the truth to a reading of each.

Chance is keyed by (seed, run, stream, tick): any run can be read alone. Source of the error models: white noise on a
per-run bias, sensor by sensor (their files).
"""

from rvd.core.algebra.random import uniform4
from rvd.core.kernel import Row, Sheet, Table, kernel, load, store
from rvd.core.signals import UNSENSED, Key, Sensed, Tick
from rvd.core.vehicle.faults import SensorFault, acts, repeats, taken_with_fault
from rvd.core.vehicle.sensors.kinds import begin, feel, live, look
from rvd.core.vehicle.sensors.sensor import MEMORY, Felt, Scene, Sensor, UnderWay
from rvd.core.vehicle.transit import Transit, deliver, kept

LATENT = MEMORY + 6
"""Numbers a line of what has not come out of the sensors: `UnderWay`, then the process of the kind."""

NOTHING = UnderWay(
    transit=Transit(waiting=0.0, taken=-1.0), tagged=-1.0, latency=0.0, which=0.0, numbers=UNSENSED.numbers
)
"""Before the first look nothing is under way."""


@kernel
def due(period: float, tick: Tick) -> float:
    """1.0 where a sensor of this period speaks at this tick, a whole second, else 0.0; a period of 0 never does."""
    turns = float(tick.second) / (period if period > 0.0 else 1.0)
    return 1.0 if (period > 0.0) & tick.first & (turns == float(int(turns))) else 0.0


@kernel
def start_sensors(sensors: Table, readings: Sheet, latent: Sheet, seed: int, run: int) -> None:
    """Writes what there is before the first look: no reading, and the begin of each process."""
    for k in range(sensors.shape[0]):
        store(Sensed, readings[k], 0, 0, 1, value=UNSENSED)
        store(UnderWay, latent[k], 0, 0, 1, value=NOTHING)
        store(Felt, latent[k], MEMORY, 0, 1, value=Felt(latest=(0.0, 0.0, 0.0), drift=(0.0, 0.0, 0.0)))
        begin(load(Sensor, sensors[k], 0, 0, 1), latent[k], seed, run)


@kernel
def sense(sensors: Table, row: Row, scene: Scene, readings: Sheet, latent: Sheet, key: Key) -> None:
    """Writes the reading of each sensor of a table (k, `SENSOR`), and what is latent then."""
    for k in range(sensors.shape[0]):
        sensor = load(Sensor, sensors[k], 0, 0, 1)
        if sensor.period > 0.0:
            if key.tick.first:
                live(sensor, row, latent[k], key)
            sensed, after = looked_at(sensor, row, scene, latent[k], key)
            store(Sensed, readings[k], 0, 0, 1, value=sensed)
            store(UnderWay, latent[k], 0, 0, 1, value=after)
        else:
            numbers, felt = feel(sensor, row, scene, load(Felt, latent[k], MEMORY, 0, 1), key)
            store(Felt, latent[k], MEMORY, 0, 1, value=felt)
            read = UNSENSED._replace(has=1.0, numbers=numbers + (0.0, 0.0, 0.0))
            store(Sensed, readings[k], 0, 0, 1, value=read)


@kernel
def looked_at(sensor: Sensor, row: Row, scene: Scene, latent: Row, key: Key) -> tuple[Sensed, UnderWay]:
    """What comes out of a sensor at this tick, and what is under way then; it looks where it is due."""
    before = load(UnderWay, latent, 0, 0, 1)
    t, looks, taken, now = key.tick.t, due(sensor.period, key.tick), 0.0, before
    if looks > 0.0:
        seen = look(sensor, row, scene, latent, key)
        lost = kept(seen.delivery, uniform4(key.seed, key.run, int(sensor.dropout), key.tick.number)[0])
        taken = taken_with_fault(seen.fault, before.transit, t, seen.fresh) * lost
        now = now._replace(latency=seen.delivery.latency)
        if not repeats(seen.fault, before.transit, t):
            now = now._replace(which=seen.which, numbers=seen.numbers)
        if not acts(seen.fault, SensorFault.STOPPED.value, t):
            now = now._replace(tagged=t)
    old, has, transit = deliver(now.latency, before.transit, taken, t)
    out = before if old else now
    left = now if taken > 0.0 else before
    sensed = UNSENSED._replace(looked=looks)
    if has > 0.0:  # what has not arrived, nobody sees
        sensed = Sensed(has=1.0, age=t - out.tagged, looked=looks, which=out.which, numbers=out.numbers)
    return sensed, left._replace(transit=transit, latency=now.latency)
