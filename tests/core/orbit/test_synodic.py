import math

import numpy as np
import pytest

from rvd import orbit
from rvd.core.constants import MU_EARTH, MU_MOON
from rvd.core.orbit import ephemeris, synodic
from rvd.errors import RvdError
from rvd.orbit import nrho

TABLE = ephemeris.de440()
T = 825638469.0
CRAFT = (1.2e7, -3.0e6, -6.8e7, 20.0, -110.0, 30.0)


def test_there_and_back():
    """Through each pair of frames: what float64 leaves of 7e7 m and 4e8 m."""
    by_share, plain = (synodic.MOON_SHARE, TABLE), (TABLE,)
    for there, back, told, allowed in (
        (synodic.synodic_from_mci, synodic.mci_from_synodic, by_share, 1e-7),
        (synodic.synodic_from_eci, synodic.eci_from_synodic, by_share, 4e-7),
        (synodic.eci_from_mci, synodic.mci_from_eci, plain, 1e-7),
    ):
        around = back(there(CRAFT, T, *told), T, *told)
        assert np.max(np.abs(np.subtract(around, CRAFT))) < allowed
    told = (nrho.MU_EARTH_MOON, TABLE)
    for there, back in (
        (synodic.mci_from_synodic, synodic.synodic_from_mci),
        (synodic.eci_from_synodic, synodic.synodic_from_eci),
    ):
        around = back(there(nrho.SEED_9_2, T, *told), T, *told)
        assert np.max(np.abs(np.subtract(around, nrho.SEED_9_2))) < 3e-15


def test_the_primaries_stand_still_where_they_belong():
    mu = MU_MOON / (MU_EARTH + MU_MOON)
    moon = synodic.synodic_from_mci((0.0,) * 6, T, synodic.MOON_SHARE, TABLE)
    assert np.allclose(moon, (1.0 - synodic.MOON_SHARE, 0, 0, 0, 0, 0), atol=1e-15)
    earth = synodic.synodic_from_eci((0.0,) * 6, T, synodic.MOON_SHARE, TABLE)
    assert np.allclose(earth, (-synodic.MOON_SHARE, 0, 0, 0, 0, 0), atol=1e-12)
    assert abs(mu - synodic.MOON_SHARE) < 2e-9


def test_velocity_is_the_rate_seen_in_the_frame():
    """Against central differences of the place of a craft that moves straight on inertial axes."""
    h = 20.0

    def place(t):
        state = CRAFT + np.concatenate((np.array(CRAFT[3:]) * (t - T), np.zeros(3)))
        return np.array(synodic.synodic_from_mci(tuple(state.tolist()), t, synodic.MOON_SHARE, TABLE)[:3])

    ours = synodic.synodic_from_mci(CRAFT, T, synodic.MOON_SHARE, TABLE)[3:]
    theirs = (place(T + h) - place(T - h)) / (2.0 * h) * synodic.synodic(T, TABLE).time
    assert np.max(np.abs(ours - theirs)) < 1e-9


def test_an_l2_orbit_lies_beyond_the_moon_and_south_of_it():
    mci = synodic.mci_from_synodic(nrho.SEED_9_2, T, nrho.MU_EARTH_MOON, TABLE)
    frame = synodic.synodic(T, TABLE)
    assert np.dot(frame.axes[0], mci[:3]) > 0.0
    assert np.dot(frame.axes[2], mci[:3]) < -0.9 * np.linalg.norm(mci[:3])
    assert np.linalg.norm(mci[3:]) < 200.0  # slow at apolune


def test_outside_of_the_ephemeris():
    first, last = ephemeris.span(TABLE)
    for t in (first + 1.0, last - 1.0):
        assert math.isnan(synodic.synodic(t, TABLE).turn[0])
        with pytest.raises(RvdError, match="2020 to 2044"):
            orbit.synodic.synodic_from_mci(CRAFT, t)
    with pytest.raises(RvdError, match="2020 to 2044"):
        orbit.synodic.eci_from_mci(CRAFT, last + 1.0)
