import math

import numpy as np
import pytest
from scipy.optimize import brentq

from rvd.core.constants import MU_EARTH
from rvd.core.motion import cw as kernels
from rvd.core.motion import transfers
from rvd.errors import ArgumentError
from rvd.motion import cw, yamanaka_ankersen
from rvd.orbit import kepler

N, A = 1.13e-3, (MU_EARTH / 1.13e-3**2) ** (1.0 / 3.0)
PERIOD = 2.0 * math.pi / N
R, V, TO = (0.0, -100.0, 10.0), (0.05, 0.1, -0.02), (30.0, 0.0, 0.0)


def by_cw(turns, r=R, to=TO, v=V):
    """Both impulses of a transfer, and its end when it is flown, by Clohessy-Wiltshire."""
    first, second = cw.two_impulse(r, v, to, N, turns * PERIOD)
    return first, second, cw.coast(r, np.add(v, first), N, turns * PERIOD)


def by_ya(turns, r=R, to=TO, v=V, e=0.0, nu=0.7):
    """The same by Yamanaka-Ankersen about an ellipse of the same period."""
    orbit = (MU_EARTH, A * (1.0 - e * e), e, nu, turns * PERIOD)
    first, second = yamanaka_ankersen.two_impulse(r, v, to, *orbit)
    return first, second, yamanaka_ankersen.coast(r, np.add(v, first), *orbit)


def arrives(made, to=TO):
    _, second, (end, speed) = made
    assert np.max(np.abs(np.subtract(end, to))) < 1e-9
    assert np.max(np.abs(speed + second)) < 1e-12


# of the plane's determinant about a circle, one between two whole turns
BETWEEN = [
    brentq(
        lambda x: 8.0 * (1.0 - math.cos(x)) - 3.0 * x * math.sin(x),
        *((k + x) * 2.0 * math.pi for x in (0.3, 0.49)),
    )
    / (2.0 * math.pi)
    for k in range(1, 6)
]


def test_the_times_between():
    assert np.allclose(BETWEEN[:3], (1.4067296, 2.4452981, 3.4611622), atol=1e-7)


NONE = [
    *((k + 0.5, "across the orbit") for k in (0, 1, 2, 7)),
    *((float(k), "at all") for k in (1, 2, 3, 10)),
    *((x, "in the orbit's plane") for x in BETWEEN),
    (1.4067, "in the orbit's plane"),
    (2.4453, "in the orbit's plane"),
]


@pytest.mark.parametrize("law", [by_cw, by_ya])
@pytest.mark.parametrize(("turns", "part"), NONE)
@pytest.mark.parametrize("off", [0.0, 1e-9, -1e-6, 1e-5, -1e-4])
def test_a_transfer_that_does_not_exist_is_refused_in_the_same_words(law, turns, part, off):
    """About a circle, at the time and 6e-4 rad beside it."""
    if off and turns in (1.4067, 2.4453):
        return
    with pytest.raises(
        ArgumentError, match=f"1 of 1 transfers do not exist .* no impulse chooses the place {part}"
    ):
        law(turns + off)


@pytest.mark.parametrize("law", [by_cw, by_ya])
@pytest.mark.parametrize("turns", [x + d for x, _ in NONE[:-2] for d in (-4e-4, 4e-4, 3e-3)])
def test_beside_those_times_it_exists_and_arrives(law, turns):
    """2.5e-3 rad off it takes speed, but it is right, near half a turn too."""
    made = law(turns)
    arrives(made)
    assert 0.0 < np.linalg.norm(made[0]) < 200.0


@pytest.mark.parametrize("law", [by_cw, by_ya])
@pytest.mark.parametrize("turns", [1e-5, 1e-3, 0.02, 0.25, 0.75, 1.2, 3.3, 50.3])
def test_elsewhere_it_exists(law, turns):
    arrives(law(turns))


@pytest.mark.parametrize("e", [0.0, 1e-3, 0.1, 0.5, 0.7, 0.9, 0.99])
@pytest.mark.parametrize("nu", [0.0, 0.7, 2.0, math.pi, 5.0])
def test_about_any_ellipse(e, nu):
    """Whole turns, and where the anomaly has grown by half a turn, are refused; the rest arrives at a likely speed."""
    p = A * (1.0 - e * e)
    for turns in (1.0, 2.0, 9.0, 1.0 + 1e-8):
        with pytest.raises(ArgumentError, match="no impulse chooses the place"):
            by_ya(turns, e=e, nu=nu)
    half = float(kepler.mean_from_true(e, nu + math.pi) - kepler.mean_from_true(e, nu))
    with pytest.raises(ArgumentError, match="no impulse chooses the place across"):
        by_ya(half / (2.0 * math.pi), e=e, nu=nu)
    for turns in np.arange(0.05, 3.0, 0.0137):
        try:
            first, second, (end, speed) = by_ya(turns, e=e, nu=nu)
        except ArgumentError:
            continue
        assert (
            np.linalg.norm(first)
            < 1e3 * np.linalg.norm(np.subtract(R, TO)) * math.sqrt(MU_EARTH / p) / p * 4.0
        )
        # rounding of what is flown, over powers of 1 - e (the paper's inverse)
        path = np.linalg.norm(first) * turns * PERIOD
        assert np.max(np.abs(np.subtract(end, TO))) < 1e-13 / (1.0 - e) ** 3 * path
        assert np.max(np.abs(speed + second)) < 1e-9 * (1.0 + np.max(np.abs(speed)))


@pytest.mark.parametrize("law", [by_cw, by_ya])
@pytest.mark.parametrize(
    ("turns", "r", "to"),
    [
        (0.5, (0.0, -1000.0, 0.0), (0.0, -200.0, 0.0)),  # a hop along the track
        (
            0.5,
            (-500.0, -1000.0, 10.0),
            (0.0, -200.0, -10.0),
        ),  # to the other side of the plane, where it goes by itself
        (1.0, (0.0, -1000.0, 0.0), (0.0, -200.0, 0.0)),  # a phasing revolution
        (1.0, (-50.0, -1000.0, 3.0), (-50.0, -200.0, 3.0)),
        (1.5, (-50.0, -1000.0, 3.0), (20.0, -200.0, -3.0)),
        (BETWEEN[0], (0.0, 0.0, 10.0), (0.0, 0.0, 5.0)),  # along a line through the target, in no one's plane
    ],
)
def test_what_no_impulse_changes_may_be_right_by_itself(law, turns, r, to):
    made = law(turns, r=r, to=to, v=(0.0, 0.0, 0.0))
    arrives(made, to)
    assert np.linalg.norm(made[0]) < 2.0


def test_a_row_says_which_it_is():
    times = np.array([0.3, 0.5, 0.7, 1.0]) * PERIOD
    with pytest.raises(
        ArgumentError, match=r"2 of 4 .* \(the first is 1\): after 0.5 turns .* missed by 10 m"
    ):
        cw.two_impulse(R, V, TO, N, times)


@pytest.mark.parametrize("angle", [0.01, 0.5, 2.0, 3.0, 4.0, 6.2, 6.4, 8.8, 9.0, 20.0])
def test_the_margins_about_a_circle_have_a_closed_form(angle):
    inside, across = transfers.margins(kernels.transition(N, angle / N), N)
    assert inside == pytest.approx(kernels.margin(angle), rel=1e-9)
    assert across == pytest.approx(abs(math.tan(angle)), rel=1e-9)


@pytest.mark.parametrize("turns", [0.9998, 1.0002])
def test_what_loses_its_digits_near_a_whole_turn_is_refused(turns):
    """The anomaly is far from a whole turn there, but the inverse divides by (1 - e)^3: flown, it misses by 0.1 m."""
    r, v = (100.0, -2000.0, 30.0), (0.1, -0.2, 0.05)
    with pytest.raises(
        ArgumentError, match=r"1 of 1 transfers do not exist .* lose their digits, .* missed by 0\.0"
    ):
        by_ya(turns, r, (0.0, 0.0, 0.0), v, e=0.99)


def test_what_is_given_about_an_eccentric_orbit_arrives():
    r, given, refused = (100.0, -2000.0, 30.0), 0, 0
    for turns in np.concatenate((np.linspace(0.99, 1.01, 201), np.linspace(0.05, 3.0, 97))):
        try:
            _, second, (end, speed) = by_ya(turns, r, TO, e=0.99)
        except ArgumentError:
            refused += 1
            continue
        given += 1
        assert np.linalg.norm(np.subtract(end, TO)) <= 1e-6 * np.linalg.norm(r)
        assert np.allclose(speed, -second, atol=1e-6)
    assert given > 200 and refused > 10


@pytest.mark.parametrize("turns", [100.25, 12_345.3, 150_000.3])
def test_after_many_turns_the_impulses_still_arrive(turns):
    _, _, (end, _) = by_cw(turns)
    assert np.max(np.abs(np.subtract(end, TO))) < 1e-6 * np.linalg.norm(R)
