"""What every array face owes, whatever it computes: a face that is added later is caught by `test_every_face_is_here`.

For each argument: NaN, infinity, text, complex numbers, truth values, units, masks, rows of differing length, a wrong
last axis, leading axes that do not match, zero, a negative number. Each gets one sentence, or finite numbers.
"""

import importlib
import inspect
import math

import numpy as np
import pytest

from rvd import guidance, motion, navigation, orbit, safety
from rvd.core.constants import J2_EARTH, MU_EARTH, RADIUS_EARTH, SPIN_EARTH
from rvd.core.motion.nonlinear import Environment
from rvd.errors import ArgumentError, RvdError
from rvd.orbit import nrho
from tests.guidance.calls import CALLS
from tests.navigation.calls import CALLS as NAVIGATION
from tests.safety.calls import CALLS as SAFETY

RT, VT = (6.8e6, 1e5, 2e5), (-1e2, 4.6e3, 6.1e3)
R, V, TO = (-300.0, 500.0, 40.0), (0.2, -0.1, 0.05), (0.0, -50.0, 1.0)
TARGET, CHASER = (7e6, 0.01, 0.9, 0.3, 1.2, 0.4), (7.0001e6, 0.0101, 0.9001, 0.3001, 1.2, 0.4)
SIX = (1e-5, 2e-5, -1e-5, 3e-5, 1e-6, 2e-6)
EARTH = {"mu": MU_EARTH, "j2": J2_EARTH, "radius": RADIUS_EARTH}
AIR = Environment(MU_EARTH, J2_EARTH, RADIUS_EARTH, SPIN_EARTH, 4e-12, 6.8e6, 6e4)
NIL = AIR._replace(density=0.0)
FLIGHT = {"environment": AIR, "rt": RT, "vt": VT, "dr": R, "dv": V, "t": 60.0}
ELLIPSE = {"mu": MU_EARTH, "p": 7e6, "e": 0.3, "nu": 0.5, "t": 900.0}
EPOCH = 8.3e8  # s, TDB: in 2026
MCI, ECI = (1e7, 2e6, -6e7, 10.0, 90.0, -30.0), (3.4e8, 1e8, 5e7, 100.0, 900.0, 300.0)
QUAT, INERTIA = (0.1, -0.2, 0.3, 0.9273618495495703), (1e3, 1.5e3, 1.2e3, 10.0, -20.0, 5.0)
SEEN = ((1.0, 0.1, 0.0), (0.0, 1.0, 0.2))
HALO = nrho.Periodic(nrho.MU_EARTH_MOON, np.array(nrho.SEED_9_2), 1.5, 3.0, 0.01, np.eye(6))

#: A good call of every face.
GOOD = {
    "attitude.angle_between": {"p": QUAT, "q": QUAT},
    "attitude.coast": {"q": QUAT, "w": (0.01, 0.02, -0.01), "inertia": INERTIA, "t": 5.0, "torque": (1.0, 0.0, 0.0)},
    "attitude.compose": {"q_a_b": QUAT, "q_b_c": QUAT},
    "attitude.euler_from_quat": {"q": QUAT, "axes": (3.0, 2.0, 1.0)},
    "attitude.euler_rates": {"angles": (0.1, 0.2, 0.3), "axes": (3.0, 1.0, 3.0), "w": (0.01, 0.02, 0.03)},
    "attitude.gibbs_from_quat": {"q": QUAT},
    "attitude.gravity_gradient": {"r_body": RT, "inertia": INERTIA, "mu": MU_EARTH},
    "attitude.hill_pointing": {"r": RT, "v": VT},
    "attitude.lvlh_pointing": {"r": RT, "v": VT},
    "attitude.mean": {"q": (QUAT, (0.1, -0.2, 0.4, 0.8888194417315589)), "weights": (1.0, 2.0)},
    "attitude.mrp_from_quat": {"q": QUAT},
    "attitude.quat_from_mrp": {"sigma": (0.1, 0.2, 0.3)},
    "attitude.quat_from_euler": {"angles": (0.1, 0.2, 0.3), "axes": (3.0, 2.0, 1.0)},
    "attitude.quat_from_gibbs": {"g": (0.1, 0.2, 0.3)},
    "attitude.quest": {"v_body": SEEN, "v_a": SEEN, "weights": (1.0, 2.0)},
    "cr3bp.along": {"orbit": HALO, "t": 0.3},
    "cr3bp.jacobi": {"state": nrho.SEED_9_2, "mu": nrho.MU_EARTH_MOON},
    "cr3bp.lagrange_points": {"mu": nrho.MU_EARTH_MOON},
    "cr3bp.propagate": {"state": nrho.SEED_9_2, "t": 0.1, "mu": nrho.MU_EARTH_MOON},
    "curvilinear.curvilinear_from_hill": {"r": R, "v": V, "radius": 7e6, "radius_rate": 10.0},
    "curvilinear.hill_from_curvilinear": {"position": R, "velocity": V, "radius": 7e6, "radius_rate": 10.0},
    "cw.coast": {"r": R, "v": V, "n": 1.1e-3, "t": 900.0},
    "cw.transition": {"n": 1.1e-3, "t": 900.0},
    "cw.two_impulse": {"r": R, "v": V, "to": TO, "n": 1.1e-3, "t": 900.0},
    "elements.ellipses": {"name": "target", "value": TARGET},
    "elements.from_state": {"r": RT, "v": VT, "mu": MU_EARTH},
    "elements.kepler_from_state": {"r": RT, "v": VT, "mu": MU_EARTH},
    "elements.mean_from_osculating": {"kepler": TARGET, **EARTH},
    "elements.osculating_from_mean": {"kepler": TARGET, **EARTH},
    "elements.state_from_kepler": {"kepler": TARGET, "mu": MU_EARTH},
    "elements.to_state": {"six": (7e6, 0.01, 0.9, 0.3, 1.2, 0.4), "mu": MU_EARTH},
    "ephemeris.earth_from_moon": {"t": EPOCH},
    "ephemeris.moon_from_earth": {"t": EPOCH},
    "ephemeris.sun_from_earth": {"t": EPOCH},
    "ephemeris.tables": {"ephemeris": None},
    "ephemeris.sun_from_moon": {"t": EPOCH},
    "frames.eci_from_hill": {"rt": RT, "vt": VT, "r": R, "v": V},
    "frames.eci_from_lvlh": {"rt": RT, "vt": VT, "r": R, "v": V},
    "frames.eci_from_ntw": {"rt": RT, "vt": VT, "r": R, "v": V, "mu": MU_EARTH},
    "frames.hill_axes": {"r": RT, "v": VT},
    "frames.hill_from_eci": {"rt": RT, "vt": VT, "dr": R, "dv": V},
    "frames.lvlh_axes": {"r": RT, "v": VT},
    "frames.lvlh_from_eci": {"rt": RT, "vt": VT, "dr": R, "dv": V},
    "frames.ntw_axes": {"r": RT, "v": VT},
    "frames.ntw_from_eci": {"rt": RT, "vt": VT, "dr": R, "dv": V, "mu": MU_EARTH},
    "kepler.coast": {"r": RT, "v": VT, "mu": MU_EARTH, "t": 900.0},
    "kepler.mean_from_true": {"e": 0.3, "true": 1.0},
    "kepler.true_from_mean": {"e": 0.3, "mean": 1.0},
    "lambert.transfer": {"r1": RT, "r2": (1e6, 7e6, 3e6), "t": 2000.0, "mu": MU_EARTH},
    "nonlinear.coast": {
        **FLIGHT, "step": 10.0, "ballistic_target": 0.01, "ballistic_chaser": 0.005, "reflect_target": 0.01,
        "reflect_chaser": 0.02, "zonals": (1e-6, 1e-6, 1e-7, 1e-7), "epoch": EPOCH,
    },
    "nonlinear.leap": {**FLIGHT, "environment": NIL, "step": 30.0},
    "nonlinear.surroundings": {"environment": AIR},
    "nonlinear.outside": {"environment": AIR, "name": "rt", "r": RT},
    "nonlinear.third_bodies": {"environment": AIR, "sky": (0.0,) * 8, "epoch": EPOCH, "about": "earth"},
    "roe.coast": {"six": SIX, "target": TARGET, "t": 900.0, **EARTH, "decay": 1e-12, "rates": (1e-12,) * 3},
    "roe.drag_rates": {
        "environment": AIR, "six": SIX, "target": TARGET, "ballistic_target": 0.01, "ballistic_chaser": 0.005,
    },
    "roe.elements_from_roe": {"six": SIX, "target": TARGET},
    "roe.hill_from_roe": {"six": SIX, "target": TARGET, "mu": MU_EARTH},
    "roe.rates_between": {"before": SIX, "after": SIX, "target": TARGET, "t": 900.0, **EARTH},
    "roe.roe_from_elements": {"target": TARGET, "chaser": CHASER},
    "roe.roe_from_hill": {"r": R, "v": V, "target": TARGET, "mu": MU_EARTH},
    "roe.transition": {"target": TARGET, "t": 900.0, **EARTH},
    "sunlight.lit": {"r": RT, "sun": (1.5e11, 1e10, 2e10), "radius": RADIUS_EARTH},
    "sunlight.pressure": {"r": RT, "sun": (1.5e11, 1e10, 2e10), "reflect": 0.01},
    "synodic.eci_from_mci": {"state": MCI, "t": EPOCH},
    "synodic.eci_from_synodic": {"state": nrho.SEED_9_2, "t": EPOCH, "mu": nrho.MU_EARTH_MOON},
    "synodic.mci_from_eci": {"state": ECI, "t": EPOCH},
    "synodic.mci_from_synodic": {"state": nrho.SEED_9_2, "t": EPOCH, "mu": nrho.MU_EARTH_MOON},
    "synodic.synodic_from_eci": {"state": ECI, "t": EPOCH, "mu": nrho.MU_EARTH_MOON},
    "synodic.synodic_from_mci": {"state": MCI, "t": EPOCH, "mu": nrho.MU_EARTH_MOON},
    "tangent.transition": {"environment": AIR, "rt": RT, "vt": VT, "t": 60.0, "ballistic": 0.01, "epoch": EPOCH},
    "teme.gcrf_from_teme": {"r": RT, "v": VT, "tt": EPOCH, "dpsi": 1e-7, "deps": 1e-7},
    "teme.j2000_from_teme": {"r": RT, "v": VT, "tt": EPOCH},
    "teme.teme_from_gcrf": {"r": RT, "v": VT, "tt": EPOCH, "dpsi": 1e-7, "deps": 1e-7},
    "teme.teme_from_j2000": {"r": RT, "v": VT, "tt": EPOCH},
    "timescales.tdb_from_tt": {"tt": EPOCH},
    "timescales.tdb_from_utc": {"utc": "2026-03-01T12:00:00Z"},
    "timescales.tt_from_tdb": {"tdb": EPOCH},
    "timescales.tt_from_utc": {"utc": "2026-03-01T12:00:00Z"},
    "timescales.utc_from_tdb": {"tdb": EPOCH},
    "timescales.utc_from_tt": {"tt": EPOCH},
    "transfers.bielliptic": {"r1": 7e6, "rb": 9e7, "r2": 4e7, "mu": MU_EARTH},
    "transfers.hohmann": {"r1": 7e6, "r2": 4e7, "mu": MU_EARTH},
    "transfers.phasing": {"a": 7e6, "angle": 0.3, "revolutions": 2, "mu": MU_EARTH},
    "yamanaka_ankersen.coast": {"r": R, "v": V, **ELLIPSE},
    "yamanaka_ankersen.transition": ELLIPSE,
    "yamanaka_ankersen.two_impulse": {"r": R, "v": V, "to": TO, **ELLIPSE},
}  # fmt: skip

GOOD |= {name: call.good for name, call in (CALLS | SAFETY | NAVIGATION).items()}

#: Not faces, but checks that faces share: they take what they check, and give it back.
CHECKS = {
    "elements.ellipses",
    "ephemeris.tables",
    "nonlinear.outside",
    "nonlinear.surroundings",
    "nonlinear.third_bodies",
}
FACES = sorted(set(GOOD) - CHECKS)
#: Arguments of which there is one for all rows.
SINGLE = {
    name: {"t", "step", "epoch", "zonals", "ballistic"}
    for name in ("attitude.coast", "nonlinear.coast", "nonlinear.leap", "tangent.transition")
}
SINGLE |= {name: {"mu"} for name in GOOD if name.startswith("synodic.")} | {"cr3bp.lagrange_points": {"mu"}}
#: Never zero, never negative: refused whatever the face.
ABOVE_ZERO = {"n", "mu", "p", "a", "r1 of a transfer", "radius", "step", "revolutions", "weights"}
ABOVE_ZERO_HERE = {
    "cw.two_impulse": "t",
    "yamanaka_ankersen.two_impulse": "t",
    "lambert.transfer": "t",
    "roe.rates_between": "t",
}
#: Documented to be NaN where there is no answer.
MAY_BE_NAN = {"lambert.transfer"}


#: The module of each word.
PLACE = {
    **{
        name: f"rvd.motion.{name}"
        for name in ("curvilinear", "cw", "nonlinear", "roe", "tangent", "yamanaka_ankersen")
    },
    **{
        name: f"rvd.orbit.{name}"
        for name in ("cr3bp", "elements", "ephemeris", "frames", "kepler", "lambert", "sunlight", "synodic")
    },
    **{name: f"rvd.orbit.{name}" for name in ("teme", "timescales", "transfers")},
    "attitude": "rvd.attitude",
    **{name: f"rvd.guidance.{name}" for name in guidance.MODULES},
    **{name: f"rvd.navigation.{name}" for name in navigation.MODULES},
    **{name: f"rvd.safety.{name}" for name in safety.MODULES if name != "trajectories"},
}
#: Modules that are no faces of kernels: solvers, and files.
ELSEWHERE = {"rvd.orbit.nrho", "rvd.orbit.spice", "rvd.safety.trajectories"}


def face(name):
    module, function = name.split(".")
    return getattr(importlib.import_module(PLACE[module]), function)


def numeric(name):
    """The arguments of a good call that are numbers."""
    return [k for k, v in GOOD[name].items() if not isinstance(v, str | Environment | nrho.Periodic)]


def call(name, **changed):
    return face(name)(**{**GOOD[name], **changed})


def parts(result):
    return result if isinstance(result, tuple) else (result,)


CASES = [(name, key) for name in FACES for key in numeric(name)]
VECTORS = [(name, key) for name, key in CASES if np.ndim(GOOD[name][key]) > 0]


def test_every_face_is_here():
    """A module or a function that is added to a package of array functions must be added to the table above."""
    public = {
        f"{name}.{function}"
        for name, place in PLACE.items()
        for function, thing in vars(importlib.import_module(place)).items()
        if inspect.isfunction(thing) and thing.__module__ == place and not function.startswith("_")
    }
    assert public == set(GOOD)
    here = {
        f"rvd.{package.__name__.rpartition('.')[2]}.{name}"
        for package in (motion, orbit, guidance, navigation, safety)
        for name in getattr(package, "MODULES", package.__all__)
    }
    assert here - set(PLACE.values()) == ELSEWHERE


@pytest.mark.parametrize("name", FACES)
def test_a_good_call(name):
    """It is finite, leaves its arguments as they were, and its docstring says what they are."""
    given = {k: np.array(v, dtype=float) for k, v in GOOD[name].items() if k in numeric(name)}
    kept = {k: v.copy() for k, v in given.items()}
    for part in parts(call(name, **given)):
        assert part.dtype.kind == "U" or np.all(np.isfinite(part))
    assert all(np.array_equal(given[k], kept[k]) for k in given)
    text = (face(name).__doc__ or "") + (inspect.getmodule(face(name)).__doc__ or "")
    assert "(..." in text or "(5, 3)" in text


@pytest.mark.parametrize("name", [n for n in FACES if numeric(n) and n != "cr3bp.lagrange_points"])
def test_rows_are_the_single_calls(name):
    """Two leading axes of rows give the bits of each alone, and no rows give no rows."""
    lead, many = (2, 3), {}
    for k in numeric(name):
        if k not in SINGLE.get(name, ()):
            many[k] = np.broadcast_to(
                np.array(GOOD[name][k], float), (*lead, *np.shape(GOOD[name][k]))
            ).copy()
    for whole, one in zip(parts(call(name, **many)), parts(call(name))):
        assert whole.shape == (*lead, *one.shape)
        assert np.array_equal(whole[1, 2], one)
    none = {k: v[:0] for k, v in many.items()}
    for whole, one in zip(parts(call(name, **none)), parts(call(name))):
        assert whole.shape == (0, 3, *one.shape)


class Quantity:
    """A number with a unit, as Pint and Astropy have."""

    units = unit = "km"

    def __array__(self, dtype=None, copy=None):
        return np.ones(3)


def bad(value):
    """(what, a bad twin of a good value)."""
    good = np.array(value, dtype=float)
    flaw = good.copy()
    flaw.flat[-1] = math.nan
    yield "NaN", flaw
    yield "infinity", np.where(np.isnan(flaw), -math.inf, flaw)
    yield "text", "far"
    yield "digits as text", np.array(good, dtype=str)
    yield "complex", good + 1j
    yield "truth values", good > 0.0
    yield "objects", np.array(good, dtype=object)
    yield "a dictionary", {}
    yield "units", Quantity()
    yield "a mask", np.ma.masked_array(good, mask=np.ones_like(good, dtype=bool))
    yield "rows of differing length", [good.tolist(), [good.tolist()]]


@pytest.mark.parametrize(("name", "key"), CASES)
def test_what_is_no_number_gets_a_sentence(name, key):
    for what, value in bad(GOOD[name][key]):
        with pytest.raises(ArgumentError) as caught:
            call(name, **{key: value})
        said = str(caught.value)
        assert key in said, f"{what}: {said}"
        assert "\n" not in said
        assert isinstance(caught.value, RvdError | ValueError)


@pytest.mark.parametrize(("name", "key"), VECTORS)
def test_a_wrong_last_axis_gets_a_sentence(name, key):
    good = np.array(GOOD[name][key], dtype=float)
    for value in (good[..., :-1], np.concatenate((good, good), axis=-1), 1.0):
        if name in ("attitude.mean", "attitude.quest") and key == "weights" and np.shape(value) in ((), (1,)):
            continue  # one weight for all
        with pytest.raises(ArgumentError, match=key):
            call(name, **{key: value})


@pytest.mark.parametrize(("name", "key"), CASES)
def test_rows_of_mixed_number_get_a_sentence(name, key):
    """Two rows of one argument beside three of another; or more than one of what is one for all."""

    def rows(k, count):
        return np.stack([np.array(GOOD[name][k], dtype=float)] * count)

    if key in SINGLE.get(name, ()):
        with pytest.raises(ArgumentError, match=key):
            call(name, **{key: rows(key, 2)})
        return
    for other in numeric(name):
        if other != key and other not in SINGLE.get(name, ()):
            with pytest.raises(ArgumentError, match="do not broadcast"):
                call(name, **{key: rows(key, 2), other: rows(other, 3)})


@pytest.mark.parametrize(("name", "key"), CASES)
def test_zero_and_negative_are_refused_or_finite(name, key):
    """The limits: zero separation, zero time, a mass below zero. Nothing is silently not a number."""
    good = np.array(GOOD[name][key], dtype=float)
    for value in (0.0 * good, -good, 1e-200 * good, 1e25 * np.sign(good), 1e300 * np.sign(good)):
        must = (key in ABOVE_ZERO or ABOVE_ZERO_HERE.get(name) == key) and not np.any(value > 0.0)
        try:
            result = call(name, **{key: value})
        except RvdError as error:
            assert "\n" not in str(error)
            continue
        assert not must, f"{key} = {value} was taken"
        if name not in MAY_BE_NAN:
            assert all(part.dtype.kind == "U" or np.all(np.isfinite(part)) for part in parts(result)), value


@pytest.mark.parametrize("name", [n for n in FACES if "e" in GOOD[n]])
@pytest.mark.parametrize("e", [1.0, 1.5, -0.1])
def test_eccentricity_one_is_refused(name, e):
    with pytest.raises(ArgumentError, match="e must be at least 0 and below 1"):
        call(name, e=e)


@pytest.mark.parametrize("name", [n for n in FACES if "target" in GOOD[n] or "kepler" in GOOD[n]])
@pytest.mark.parametrize(
    ("flaw", "sentence"), [((7e6, 1.0), "below 1"), ((-7e6, 0.1), "above zero"), ((7e6, -0.1), "at least 0")]
)
def test_what_is_no_ellipse_is_refused(name, flaw, sentence):
    key = "target" if "target" in GOOD[name] else "kepler"
    with pytest.raises(ArgumentError, match=sentence):
        call(name, **{key: (*flaw, *TARGET[2:])})


@pytest.mark.parametrize("name", [n for n in FACES if "environment" in GOOD[n]])
@pytest.mark.parametrize("field", Environment._fields)
def test_an_environment_is_checked(name, field):
    for value in (math.nan, math.inf, "thick"):
        with pytest.raises(ArgumentError, match=rf"environment\.{field}"):
            call(name, environment=GOOD[name]["environment"]._replace(**{field: value}))
    with pytest.raises(ArgumentError, match="environment"):
        call(name, environment=tuple(AIR))


@pytest.mark.parametrize("name", [n for n in FACES if "utc" in GOOD[n]])
@pytest.mark.parametrize(
    "text", ["yesterday", "1960-01-01T00:00:00Z", "2026-03-01T12:00:60Z", 5.0, None, "NaN"]
)
def test_what_is_no_instant_gets_a_sentence(name, text):
    with pytest.raises(RvdError):
        call(name, utc=text)


@pytest.mark.parametrize("name", [n for n in FACES if n.split(".")[0] in ("synodic", "ephemeris")])
@pytest.mark.parametrize("t", [0.0, 1e10])
def test_an_instant_beyond_the_ephemeris_gets_a_sentence(name, t):
    with pytest.raises(RvdError, match="the ephemeris covers"):
        call(name, t=t)


def test_an_orbit_that_is_none():
    with pytest.raises(ArgumentError, match="orbit"):
        call("cr3bp.along", orbit=nrho.SEED_9_2)
