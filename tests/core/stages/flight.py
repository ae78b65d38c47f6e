"""The stages of a flight, with the numbers of an approach: 250 m below the station, and 15 m, and 4 km behind."""

import typing
from typing import Any

import numpy as np

from rvd.assembly.axes import flat
from rvd.core.algebra import cone
from rvd.core.control import allocation, steering
from rvd.core.flight import drift, history, judge, moments, scalar, tally, truth, words, world
from rvd.core.goals import box, clear, goal, hold, reach, touch
from rvd.core.guidance import frames, law, laws, plan, slew, two_impulse
from rvd.core.hull import capsule, hull
from rvd.core.kernel import Quat
from rvd.core.motion.nonlinear import Environment
from rvd.core.navigation import attitude, delay, fixes, relative, track
from rvd.core.rules import rules, sight
from rvd.core.rules import speed as speed_rule
from rvd.core.safety import monitors
from rvd.core.signals import (
    Aim,
    Belief,
    Firing,
    GuidanceState,
    Key,
    Leg,
    Memory,
    Reading,
    State,
    Tally,
    Tick,
    Trust,
    Wrench,
)
from rvd.core.vehicle import backup, drag, geometry, lines, mass, momentum, nozzles, station, wander
from rvd.core.vehicle.drag import Drag
from rvd.core.vehicle.mass import Chaser
from rvd.core.vehicle.mount import Mount
from rvd.core.vehicle.multipath import Multipath
from rvd.core.vehicle.sensors import accelerometer, gps, gyro, laser, sense, sensor, star_tracker
from rvd.core.vehicle.transit import Delivery, Transit
from tests.core.stages.harness import stage

N = 1.13e-3
Q, Q2, Q3 = (0.1, -0.2, 0.3, 0.927), (0.13, -0.21, 0.28, 0.927), (-0.51, -0.49, 0.5, 0.5)
BELOW, NEAR, BEHIND = (-249.7, 3.1, -1.7), (-14.9, 0.3, 0.2), (-20.3, -4012.9, 11.7)
SLOW = (0.031, -0.012, 0.004)
FORCE, TORQUE = (31.7, -12.3, 8.9), (1.3, -7.1, 2.9)
INERTIA = (51.3e3, 48.7e3, 39.1e3, 1.3e3, -2.1e3, 0.7e3)
COM = (4.21, 0.03, -0.02)


def filled(kind: Any, **known: Any) -> Any:
    """A value of an annotation: what is known by name, else numbers of order one and unit quaternions."""
    if kind == Quat:
        return Q
    if typing.get_origin(kind) is tuple:
        return tuple(filled(part) for part in typing.get_args(kind))
    if hasattr(kind, "_fields"):
        hints = typing.get_type_hints(kind)
        assert set(known) <= set(hints), f"{kind.__name__} has no {set(known) - set(hints)}"
        return kind(*(known[name] if name in known else filled(hints[name]) for name in kind._fields))
    return {float: 0.73, int: 1, bool: True}[kind]


ENVIRONMENT = filled(
    Environment, mu=3.986004418e14, j2=1.08262668e-3, radius=6.3781363e6, spin=7.292115e-5, density=2.7e-12,
    reference_radius=6.78e6 + 0.1, scale_height=6.1e4 + 0.1,
)  # fmt: skip
SKY = (4.9028e12, 3.1e8 + 0.1, -2.1e8 - 0.1, 0.9e8 + 0.1, 1.327e20, 1.1e11, 0.9e11, 0.3e11)
DRAG = filled(Drag, area=(61.1, 43.3, 44.9))
CHASER = filled(Chaser, mass=15743.1, propellant=2013.7, com=COM, inertia=INERTIA, drag=DRAG)
STATION = filled(
    station.Station,
    altitude=4.13e5 + 0.3, eccentricity=0.0012, mass=4.2e5 + 0.7, inertia=(1.2e8, 0.8e8, 1.7e8, 1e6, 2e6, -1e6),
    period=(613.1, 711.3, 577.7), deadband=(0.011, 0.012, 0.013), bias=(0.01, -0.02, 0.03),
)  # fmt: skip
STILL = STATION._replace(
    rms=(0.0, 0.0, 0.0), momentum=momentum.MomentumLoop((0.0, 0.0, 0.0), (1.0, 1.0, 1.0))
)
LINES = np.array([(0.003 * (k + 1), 0.7 * k, 1e-3 / (k + 1), 3e-6) for k in range(momentum.END)])
POINTS = filled(
    station.Points, berthing=(-11.3, 3.1, 14.7), reflector_0=(9.1, 2.3, 5.1), reflector_1=(8.9, -2.1, 5.3),
    facing=(0.0, 0.0, 1.0), cos_half_angle=0.51, grapple=(2.1, 0.3, -1.9),
)  # fmt: skip
GPS = filled(
    gps.Gps,
    out_since=700.1,
    out_until=900.1,
    delivery=filled(Delivery, dropout=0.11, latency=0.5),
    multipath=filled(Multipath, memory=77.3),
    blocked_within=13.1,
)
LASER = filled(
    laser.Laser,
    within=512.3,
    beyond=0.73,
    out_since=1e9,
    out_until=1e9,
    delivery=filled(Delivery, dropout=0.11),
)
HEAVEN = filled(sensor.Heaven, sun_eci=SKY[5:], radius=6.3781363e6)
UNDER_WAY = filled(
    sensor.UnderWay, transit=filled(Transit, waiting=1.0, taken=77.1), latency=0.5, numbers=BELOW + SLOW
)
LATENT = np.array([*flat(UNDER_WAY), 0.3, -1.1, 0.7, 0.2, -0.4, 0.1])
"""What is latent of a sensor, its process with it."""
FELT = filled(sensor.Felt, latest=SLOW)


def state(dr, used=13.7):
    return filled(
        State, dr_eci=dr, dv_eci=SLOW, rt_eci=(6.79e6 + 0.1, -1.3e5 - 0.1, 2.2e4 + 0.1), used=used, q_eci_station=Q2,
        vt_eci=(131.7, 4.7e3 + 0.1, 6.05e3 + 0.1), w_body=(1.1e-3, -0.3e-3, 0.2e-3),
        w_station=(-1.1e-3, 0.1e-3, 0.2e-3),
    )  # fmt: skip


def scene(dr):
    """What there is to be sensed at this place."""
    at = state(dr)
    stand = filled(geometry.Geometry, r_hill=dr, v_hill=SLOW, q_hill_body=Q2, w_hill=(0.0, 0.0, N))
    return sensor.Scene(
        state=at, geometry=stand, com_body=COM, points=POINTS, hull=HULLS.target, heaven=HEAVEN, period=0.5
    )


def leg(number, **known):
    """A leg of this law from 250 m to 30 m below."""
    return filled(
        Leg, law=float(number), frame=0.0, to_leg=(-30.3, 2.9, -1.7), aim_leg=(-230.1, 100.3, 0.1), time=1801.3,
        midcourse=911.7,
        speed_begin=0.17, speed_end=0.021, acceleration=0.011, dv_leg=(-1.1, 0.7, 0.1),
    )._replace(**known)  # fmt: skip


def memory(number, stage=0.0, alarm=0.0, t_settled=-1.0, slew_time=300.7, t_entry=611.3, **known):
    return filled(
        Memory, leg=leg(number, **known), t_entry=t_entry, r_entry_leg=BELOW, v_entry_leg=SLOW, stage=stage,
        slew_time=slew_time, slew_rotvec=(0.3, -1.1, 0.7), t_settled=t_settled, alarm=alarm, over=0.0, at=3.0,
        asked=0.0, flown=0.0,
    )  # fmt: skip


def belief(r=BELOW, **known):
    return filled(
        Belief, r_hill=r, v_hill=SLOW, mass=15700.3, com_body=COM, propellant=1999.3, laser_age=0.73, q_hill_body=Q2
    )._replace(**known)  # fmt: skip


def reading(gps, laser, tracker):
    return filled(
        Reading, has_gps=gps, has_laser=laser, has_tracker=tracker, reflector=0.0, gps_r_hill=BELOW, gps_v_hill=SLOW,
        laser=(241.7, 0.012, -0.013), tracker_q_eci_body=Q2, gyro_body=(1.1e-3, -0.3e-3, 0.2e-3),
        rt_eci=state(BELOW).rt_eci, vt_eci=state(BELOW).vt_eci, dv_body=(0.003, -0.001, 0.0007),
    )  # fmt: skip


FIRING = filled(Firing, impulse_body=(61.3, -3.1, 7.7), turn_body=(1.1, -2.3, 0.7), period=0.5)
COAST = FIRING._replace(impulse_body=(0.0, 0.0, 0.0), turn_body=(0.0, 0.0, 0.0), reach_body=(0.0, 0.0, 0.0))


def triangle(variances):
    n = len(variances)
    return tuple((variances[i], *(0.01 * variances[i] for _ in range(i + 1, n))) for i in range(n))


RELATIVE = filled(relative.Relative, r_hill=BELOW, v_hill=SLOW, laser_bias=(0.013, 0.0011, -0.0017))
ATTITUDE = filled(
    attitude.Attitude, gyro_bias=(1e-6, 2e-6, -1e-6), covariance=triangle((1e-4,) * 3 + (1e-10,) * 3)
)
FILTERS = filled(
    track.Filters,
    relative=filled(
        relative.RelativeFilter, gps_memory=611.3, gps_near=113.1, laser_memory=713.3, thrust_memory=911.7,
        swing_rate=(0.0057, 0.0061, 0.0049), swing_memory=811.1, unexplained_memory=613.1,
        cancelled=(0.009, 0.005, 0.003), lean=(1.07, 1.0, 1.14), gate=5.1,
    ),
    attitude=filled(attitude.AttitudeFilter, tracker=1.1e-3, misalignment=1.7e-4),
    orbit_rate=N, environment=ENVIRONMENT, accelerometer_above=0.0021, accelerometer_quiet=0.0005,
    accelerometer_memory=613.7, hand_over=500.3,
)  # fmt: skip
TRACK = filled(
    track.Track, relative=RELATIVE, attitude=ATTITUDE, meter=filled(track.Meter, bias=(1e-5, -1e-5, 2e-5)),
    rt_eci=(6.79e6 + 0.1, -1.32e5 - 0.1, 1.9e4 + 0.1), vt_eci=(131.9, 4.7e3 + 0.1, 6.05e3 + 0.1),
)  # fmt: skip
MOUNT = filled(Mount)
REFLECTORS = ((-5.1, 9.1, -2.3), (-5.3, 8.9, 2.1))
GAINS = filled(steering.Gains)
TRACKING = filled(Aim, translate=1.0, point=1.0, r_hill=(-247.1, 3.0, -1.1), v_hill=(0.04, 0.01, 0.01))
LIMITS = filled(
    monitors.Limits, axis_hill=(-1.0, 0.0, 0.0), apex_hill=(-14.7, -11.3, -3.1), corridor=0.21, corridor_from=300.1,
    laser_age=30.1, reserve=101.3, sigma=3.3, sigma_within=500.1,
)  # fmt: skip
REACTIONS = np.array([0.0, 0.0, 1.0, 2.0, 0.0, 1.0, 0.0, 2.0, 0.0, 0.0, 0.0])
DEG = 0.0174533
GOAL_NUMBERS = {
    box: (0.51, 0.53, 0.57, 0.006, 0.031, 0.087, 0.0017),
    touch: (0.61, 0.6, 0.051, 0.099, 0.041, 0.101, 4.1 * DEG, 3.9 * DEG, 0.21 * DEG, 0.19 * DEG),
    hold: (1.03, 0.021, 0.11),
    clear: (203.1,),
    reach: (1.07, 0.023, 0.13),
}
"""Limits of a goal of each kind."""


def goal_with(*numbers):
    return goal.Goal(
        kind=0.0, turns=1.0, place_target=(-11.3, 3.1, 14.7), q_target_goal=Q, q_target_body=Q2,
        point_body=(2.1, 0.3, -1.9), numbers=np.array(numbers),
    )  # fmt: skip


def stand(offset, speed=0.07):
    """How the chaser stands at this place from that of the goal, on its way in."""
    return filled(
        goal.Stand, offset=offset, velocity_hill=(-0.5 * speed, 0.3 * speed, 0.4 * speed), speed=speed,
        turn=(0.011, -0.013, 0.007), angle=0.019, rate_body=(1e-4, -2e-4, 1e-4), rate=3e-4,
    )  # fmt: skip


def moment(**known):
    """A step of a chaser in free drift."""
    return filled(
        goal.Moment, before=stand((0.31, 0.21, -0.11)), after=stand((-0.29, 0.17, -0.09)), q_before=Q, q_after=Q2,
        away=250.3, closest=249.1, free=True, onward=True, needed=99.1, t=700.3, h=0.5,
    )._replace(**known)  # fmt: skip


SEEN = (650.7, 0.31, 0.0051, 0.29, 0.019, 0.021, 0.0011, 0.0)
WERE = ((-1.0, *SEEN[1:]), SEEN, (600.3, *SEEN[1:]))
MOMENTS = (moment(), moment(free=False), moment(onward=False), moment(away=150.3, t=1500.1))
GOALS = [
    stage(of.follow, *((goal_with(*numbers), was, at) for was in WERE for at in MOMENTS))
    for of, numbers in GOAL_NUMBERS.items()
]


def seen(r):
    """What there is to be seen of a chaser at this place."""
    return filled(
        sight.Sight, r_hill=r, v_hill=SLOW, apex_hill=(-14.7, -11.3, -3.1), fixture_hill=r,
        stand=stand((0.1, 0.2, 0.3)),
    )  # fmt: skip


PASSED = [
    sight.passage(seen(a), seen(b), 3.1)
    for a, b in ((BELOW, BELOW), (NEAR, (-14.8, 0.3, 0.2)), (BEHIND, BEHIND))
]


def counts(**known):
    """A tally within a flight."""
    return filled(Tally, outcome=0.0, closest=311.7, nis=1.1)._replace(**known)


def rule(kind, *numbers, armed=1e9):
    """A rule as a row of numbers."""
    row = np.zeros(rules.RULE)
    row[: 2 + len(numbers)] = (kind, armed, *numbers)
    return row


RULE_ROWS = [
    rule(rules.RuleKind.SPHERE, 200.3),
    rule(rules.RuleKind.ELLIPSOID, 1001.3, 2003.1, 1003.7),
    rule(rules.RuleKind.CONE, -1.0, 0.0, 0.0, 0.21, 0.91),
    rule(rules.RuleKind.SPEED, 30.1, 0.1, 200.3, 0.31, 1000.7, 3.1, 0.0, 0.0),
    rule(rules.RuleKind.HALF_SPACE, -1.0, 0.0, 0.0, 3.1),
    rule(rules.RuleKind.AXIAL_SPEED, -1.0, 0.0, 0.0, 30.1, 0.1, 200.3, 0.31, 1000.7, 3.1, 0.0, 0.0),
    rule(rules.RuleKind.ALTITUDE, 390e3 + 0.1),
    rule(rules.RuleKind.HULL, 1.3),
]
NEARER = hull.Clearance(3.1, 1.0)
HULLS = hull.Hulls(
    target=np.array([[3.1, -50.3, -3.1, 3.3, 50.1, -2.9, 3.0, 0.0], [18.9, 0.1, 3.3, 20.1, 0.2, 3.4, 0.7, 1.0]]),
    chaser=np.array([[-2.7, 0.1, 0.0, 2.2, 0.0, 0.1, 2.24, 0.0], [4.3, 0.0, 0.1, 4.9, 0.1, 0.0, 0.3, 1.0]]),
    reach_target=53.4, reach_chaser=5.3,
)  # fmt: skip
SPEEDS = (
    speed_rule.Step(30.1, 0.1),
    speed_rule.Step(200.3, 0.31),
    speed_rule.Step(0.0, 0.0),
    speed_rule.Step(0.0, 0.0),
)
MARGINS = [
    stage(rules.RuleKind(int(row[0])).module.margin, *((row, rules.HEAD, one) for one in PASSED))
    for row in RULE_ROWS
]


def sensed_by(kind, period=0.0):
    """A sensor of a kind, whose numbers begin its row."""
    return filled(
        sensor.Sensor, at=0.0, period=period, streams=(11.0, 12.0, 13.0, 14.0), dropout=15.0
    )._replace(kind=float(kind))


def key_at(t, first, run):
    """What chance is keyed by at a time."""
    return Key(12, run, Tick(number=117, t=t, h=0.5, second=int(t), first=first))


ROW = filled(truth.Truth, chaser=CHASER, target=STATION)
TIMES = (7.3, 213.9, 900.7, 2503.3)
LAWS = [int(one) for one in laws.Law]

VEHICLE = [
    stage(
        backup.measure_backup, (filled(backup.Backup), Q2, SLOW, 0.5, Key(12, 3, filled(Tick, number=117)))
    ),
    stage(mass.com_after, (CHASER, 313.7)),
    stage(mass.inertia_after, (CHASER, 313.7)),
    stage(
        sense.looked_at,
        *(
            (sensed_by(kind, 2.0 if kind == 1 else 1.0), numbers, scene(r), LATENT, key_at(t, on, run))
            for kind, numbers in enumerate((flat(GPS), flat(LASER), flat(filled(star_tracker.StarTracker))))
            for r in (BELOW, NEAR, BEHIND)
            for t, on, run in ((77.5, True, 3), (78.0, True, 4), (800.5, False, 2**33))
        ),
    ),
    stage(gyro.feel, (sensed_by(3), flat(filled(gyro.Gyro)), scene(BELOW), FELT, key_at(77.5, True, 3))),
    stage(
        accelerometer.feel,
        (sensed_by(4), flat(filled(accelerometer.Accelerometer)), scene(BELOW), FELT, key_at(77.5, True, 3)),
    ),
    stage(
        nozzles.one_nozzle,
        (BELOW, (0.36, 0.48, -0.8), COM, 63.1, 287.3, 0.011, -0.007),
        (NEAR, (0.0, 0.0, 1.0), COM, 61.3, 287.3, 0.0, 0.0),
    ),
    stage(
        nozzles.pulse_of,
        (0.021, 0.5, 0.011, 0.0073, 0.0131),
        (0.021, 0.5, 0.0, 0.0, 0.0),
        (0.5, 0.5, 0.011, 0.0073, 0.0131),
    ),
    stage(nozzles.isp_of_pulse, (287.3, 0.021, 0.5, 0.0083), (287.3, 0.5, 0.5, 0.0083)),
    stage(
        nozzles.failed,
        *((kind, 3.1, 1e9, 0.21, t, 0.37, 0.5) for kind in (0, 1, 2, 3, 4) for t in (1.5, 9.5)),
    ),
    stage(nozzles.leak_of, (0.05, 0.0, 0.5), (0.05, 0.021, 0.5)),
    stage(station.held_attitude, (STATION, LINES, 713.3), (STILL, LINES, 713.3)),
    stage(station.wanders, (STATION,), (STILL,)),
    stage(station.holds_by_momentum, (STATION,), (STILL,)),
    stage(wander.wander, *((LINES, axis, 713.3) for axis in (0, 1, 2))),
    stage(lines.sum_of_lines, (LINES, 3, 11, 713.3)),
    stage(momentum.momentum, *((LINES, axis, 713.3) for axis in (0, 1, 2))),
    stage(momentum.second_over_first, *((bandwidth,) for bandwidth in (0.1, 1.3, 7.7))),
    stage(momentum.resistance, (0.73,), (1.7,)),
    stage(geometry.geometry_of, (state(BELOW),), (state(BEHIND),)),
    stage(history.along_words, ((3.1, -4.2, 0.7),)),
    stage(drag.ballistic, (DRAG, 15743.1, Q, state(BELOW).vt_eci)),
]

READINGS = ((1.0, 0.0, 0.0), (0.0, 1.0, 1.0), (0.0, 0.0, 0.0))
SIX = (0.3, -1.2, 0.9, 1.1, -0.2, 0.4)
SIGHT = fixes.Sight((0.3, -1.1, 2.1), Q, Q2, (-5.1, 9.1, -2.3))

# Of `track.estimate` all but what moves the covariance, which is an array.
NAVIGATION = [
    stage(track.gained, *((FILTERS, TRACK.meter, (3e-3, -1e-3, 7e-4), f, 15743.1) for f in (FIRING, COAST))),
    stage(attitude.predict_attitude, (FILTERS.attitude, ATTITUDE, (1.1e-3, -0.3e-3, 0.2e-3), 0.5)),
    stage(attitude.correct_attitude, *((FILTERS.attitude, ATTITUDE, Q2, fresh) for fresh in (0.0, 1.0))),
    stage(delay.attitude_now, *((Q2, (1e-3, -2e-3, 1e-3), late) for late in (True, False))),
    stage(delay.lengthened, (TRACK.since, (1e-3, -2e-4, 3e-4), (3e-4, -1e-4, 1e-4), (1e-3, 0.0, 2e-3), 0.5)),
    stage(delay.restarted, *((TRACK.since, looked) for looked in ((1.0, 0.0, 1.0), (0.0, 1.0, 0.0)))),
    stage(delay.as_taken, *((N, 1e-6, Q2, RELATIVE, TRACK.since, reading(*seen), 0.5) for seen in READINGS)),
    stage(track.plane_turn, (ENVIRONMENT, state(BELOW).rt_eci, state(BELOW).vt_eci)),
    stage(fixes.sight_of, (MOUNT, COM, Q2, (-5.1, 9.1, -2.3))),
    stage(fixes.line_of_sight, (SIGHT, RELATIVE)),
    stage(fixes.gradient, (SIGHT, (0.3, -0.1, 0.9), 1.0, 0.0, 0.0)),
    stage(track.kept, *((fixes.UNTESTED, fixes.Tested(3.1, n, SIX)) for n in (0.0, 3.0))),
    stage(track.added, (fixes.Tested(2.9, 3.0, SIX), fixes.Tested(3.1, 3.0, SIX))),
]

AT = GuidanceState(r_leg=BELOW, v_leg=SLOW, q_leg_body=Q2)
FRAMES = np.array([1.0, -11.3, 3.1, 14.7, *Q, 0.0, 9.1, 2.3, 5.1, *Q3])
IN_FRAMES = [memory(2, stage=1.0, frame=float(k)) for k in range(3)]

GUIDANCE = [
    stage(frames.state_of, *((FRAMES, one.leg, belief()) for one in IN_FRAMES)),
    stage(
        frames.attitude_between,
        *((FRAMES, a, b, belief(), Q) for a, b in ((0.0, 1.0), (1.0, 2.0), (2.0, 2.0))),
    ),
    stage(frames.level_attitude, *((FRAMES, float(k), Q) for k in range(3))),
    stage(frames.aim_of, *((FRAMES, one, belief(), (1.0, BELOW, SLOW, SLOW), Q, SLOW) for one in IN_FRAMES)),
    stage(
        law.choose,
        *((memory(one, stage), AT, N, s) for one in LAWS for stage in (0.0, 2.0) for s in TIMES),
    ),
    stage(
        law.advance_stage,
        *((memory(one, stage), AT, N, s) for one in LAWS for stage in (0.0, 1.0, 2.0) for s in TIMES),
    ),
    stage(
        plan.settle,
        *((memory(0, t_settled=t), AT, 0.73, 1.0, 700.3) for t in (-1.0, 650.1)),
    ),
    stage(plan.done, *((memory(one, t_settled=t), 5000.1) for one in LAWS for t in (-1.0, 650.1))),
    stage(
        two_impulse.stage_after,
        *((leg(1), N, BELOW, SLOW, stage, t) for stage in (0.0, 1.0, 3.0) for t in TIMES),
    ),
    stage(slew.slew_at, *((Q, (0.3, -1.1, 0.7), d, t) for d in (0.0, 1000.7) for t in TIMES)),
    stage(slew.plan_slew, (Q, Q3, 0.0171), (Q, Q3, 0.0)),
]

CONTROL = [
    stage(
        steering.steer,
        *(
            (GAINS, N, INERTIA, belief(), TRACKING._replace(translate=mode, point=point), 0.011, 0.5)
            for mode in (0.0, 1.0, 2.0)
            for point in (0.0, 1.0)
        ),
    ),
    stage(
        steering.with_owed,
        (
            filled(Wrench, force_body=FORCE, torque_body=TORQUE),
            filled(allocation.Allotted, owed_force_body=TORQUE),
        ),
    ),
    stage(allocation.about_point, (FORCE, TORQUE, COM, (4.0, 0.0, 0.0))),
    stage(allocation.about_com, (FORCE + TORQUE, COM, (4.0, 0.0, 0.0))),
    stage(allocation.along, (FORCE + TORQUE, TORQUE + FORCE)),
    stage(allocation.axpy_six, (0.3, FORCE + TORQUE, TORQUE + FORCE)),
    stage(allocation.pulse, (0.31, 0.02, 0.5), (0.013, 0.02, 0.5), (0.003, 0.02, 0.5), (0.73, 0.02, 0.5)),
]

SAFETY = [
    stage(
        monitors.graver,
        *(
            (4, raised, chosen, REACTIONS, back)
            for raised in (True, False)
            for chosen in (0, 3, 5)
            for back in (0.0, 3.0, 4.0)
        ),
    ),
    stage(
        monitors.monitor,
        *(
            (LIMITS, reactions, belief(r, **k), Q, memory(0, zone=z), 700.3)
            for reactions in (REACTIONS, REACTIONS[::-1].copy())
            for r in (BELOW, NEAR)
            for k in ({}, {"propellant": 3.3})
            for z in (0.0, 2.0)
        ),
    ),
    stage(
        sight.sight,
        *((POINTS.berthing, POINTS.grapple, goal_with(), state(r), COM) for r in (BELOW, NEAR, BEHIND)),
    ),
    stage(sight.passage, *((one.before, one.after, 3.1) for one in PASSED)),
    stage(goal.stand_of, (goal_with(), COM, BELOW, SLOW, Q, Q2, SLOW, SLOW)),
    stage(
        speed_rule.speed_limit,
        *((SPEEDS, r) for r in (9.1, 99.1, 999.1)),
    ),
    *(
        stage(rules.RuleKind(int(row[0])).module.margin, *((row, rules.HEAD, one) for one in PASSED))
        for row in RULE_ROWS
    ),
    *GOALS,
    stage(
        tally.counted,
        *(
            (
                counts(),
                one,
                hull.Clearance(3.1, 1.0),
                memory(4),
                belief(),
                filled(Trust),
                13.7,
                0.003,
                700.3,
                0.5,
            )
            for one in PASSED
        ),
    ),
    stage(tally.with_progress, (counts(), SEEN)),
    stage(tally.progress_of, (counts(),)),
    stage(
        tally.moment_of,
        *((one, memory(4, free_drift=free), 99.1, 700.3, 0.5) for one in PASSED for free in (0.0, 1.0)),
    ),
    stage(
        tally.outcome_of,
        *(
            (one, memory(4, alarm=alarm), verdict, used, contact, gap)
            for one in PASSED
            for alarm in (0.0, 2.0)
            for verdict in (0, 1, 4)
            for used in (0.3, 1.1)
            for contact, gap in ((0.0, 3.1), (7.3, 3.1), (0.0, -0.1))
        ),
    ),
    stage(
        capsule.between,
        (BELOW, NEAR, BEHIND, (0.1, 0.2, 0.3)),
        (BELOW, BELOW, NEAR, BEHIND),
        (BELOW, NEAR, BEHIND, BEHIND),
        (BELOW, BELOW, NEAR, NEAR),
    ),
    stage(
        hull.clearance,
        *(
            (HULLS, COM, r, Q, Q2, docks, hull.Clearance(was, 0.0))
            for r in (BELOW, NEAR)
            for was, docks in ((1e9, True), (1.1, False))
        ),
    ),
    stage(cone.cone_margin, (BELOW, (-1.0, 0.0, 0.0), 0.21)),
]

PAIR = filled(
    drift.Pair,
    rt_eci=state(BELOW).rt_eci,
    vt_eci=state(BELOW).vt_eci,
    dr_eci=BELOW,
    dv_eci=SLOW,
)
TICK = Tick(number=11411, t=713.3, h=0.5, second=713, first=False)
AIR = filled(drift.Air, ballistic=0.0091, station_ballistic=0.0031, density=3.1e-12, sky=SKY)

FLIGHT = [
    stage(drift.slope_of, (ENVIRONMENT, AIR, PAIR)),
    stage(moments.mean_ballistic, (DRAG, 15700.3)),
    stage(
        world.turned_chaser,
        *((ENVIRONMENT.mu, CHASER, state(BELOW), f, state(BEHIND).rt_eci) for f in (FIRING, COAST)),
    ),
    stage(world.held_station, (STATION, LINES, state(BELOW).rt_eci, state(BELOW).vt_eci, 713.8)),
    stage(world.drifted_station, (ENVIRONMENT.mu, STATION, state(BELOW), 0.5)),
    stage(words.falls, *((truth.Order(2.0, at), TICK) for at in (713.2, 713.3, 713.7, 713.9))),
    stage(scalar.tick_of, (713, 0, 1), (713, 3, 5), (713, 15, 16)),
    stage(judge.arm_time, *(((99.1, 101.3, 107.7), tries) for tries in (0.0, 1.0, 2.0, 5.0))),
    stage(world.speed_gained, (FIRING, 15700.3), (COAST, 15700.3)),
    stage(truth.first_state, (ENVIRONMENT.mu, POINTS, Q, ROW, LINES)),
    stage(truth.first_knowledge, (ROW, BELOW, SLOW)),
]
