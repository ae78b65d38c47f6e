import sys

import numpy as np
import pytest
import spiceypy

from rvd.core.constants import MU_MOON, RADIUS_MOON
from rvd.core.motion.nonlinear import Environment
from rvd.core.orbit import ephemeris
from rvd.errors import RvdError
from rvd.motion import nonlinear
from rvd.orbit import spice

TABLE = ephemeris.de440()
DAY = 86400.0
FIRST = 1500  # piece of the Moon's table, and days of the kernel made here
BEGIN = TABLE.start + FIRST * TABLE.moon_length
SPAN = 64 * DAY


@pytest.fixture(scope="module")
def kernel(tmp_path_factory):
    """An SPK of 64 days: the package's own Chebyshev pieces, written by SPICE."""
    path = tmp_path_factory.mktemp("spk") / "user.bsp"
    handle = spiceypy.spkopn(str(path), "rvd test", 0)
    moon = TABLE.moon[FIRST : FIRST + 16] / 1e3
    first = FIRST * 4 // 16
    sun = TABLE.sun[first : first + 5] / 1e3
    sun_begin = TABLE.start + first * TABLE.sun_length
    share = ephemeris.MOON_SHARE * moon
    for target, center, begin, length, data in (
        (301, 399, BEGIN, TABLE.moon_length, moon),
        (3, 399, BEGIN, TABLE.moon_length, share),
        (10, 3, sun_begin, TABLE.sun_length, sun),
    ):
        end, n = begin + len(data) * length, data.shape[2]
        spiceypy.spkw02(
            handle,
            target,
            center,
            "J2000",
            begin,
            end,
            "piece",
            length,
            len(data),
            n - 1,
            data.ravel(),
            begin,
        )
    spiceypy.spkcls(handle)
    return path


def test_states_are_those_of_the_kernel(kernel):
    times = BEGIN + np.array((0.5, 10.25, 40.0)) * DAY
    ours = spice.states([kernel], "MOON", "EARTH", times)
    theirs = [np.concatenate(ephemeris.moon_from_earth(float(t), TABLE)) for t in times]
    assert np.allclose(ours, theirs, rtol=0.0, atol=1e-6)
    sun = spice.states(kernel, "10", "399", times[0])
    assert np.allclose(sun, np.concatenate(ephemeris.sun_from_earth(float(times[0]), TABLE)), atol=1e-3)
    assert spiceypy.ktotal("ALL") == 0


def test_other_axes(kernel):
    t = BEGIN + DAY
    a, b = (
        spice.states([kernel], "301", "399", t)[0],
        spice.states([kernel], "301", "399", t, "ECLIPJ2000")[0],
    )
    tilt = np.radians(84381.448 / 3600.0)
    assert np.allclose(b[1], a[1] * np.cos(tilt) + a[2] * np.sin(tilt))


def test_a_users_kernel_serves_compiled_code(kernel):
    """Tables made of the kernel equal those it was made of."""
    begin = BEGIN + 2.0 * DAY
    ours = spice.ephemeris([kernel], begin, begin + 40.0 * DAY)
    for days in (0.0, 3.3, 17.0, 39.9):
        t = begin + days * DAY
        for law, allowed in ((ephemeris.moon_from_earth, 3e-4), (ephemeris.sun_from_earth, 1e-2)):
            assert np.allclose(law(t, ours)[0], law(t, TABLE)[0], rtol=0.0, atol=allowed)
    sky = ephemeris.sky_table(ours, "moon", begin, 60.0, 10)
    assert np.allclose(sky, ephemeris.sky_table(TABLE, "moon", begin, 60.0, 10), rtol=0.0, atol=1e-2)
    moon = Environment(MU_MOON, 0.0, RADIUS_MOON, 0.0, 0.0, RADIUS_MOON, 1e4)
    start = ((5e6, 0.0, 0.0), (0.0, 900.0, 0.0), (1e3, 0.0, 0.0), (0.0, 0.0, 0.0), moon, 600.0)
    flown = nonlinear.coast(*start, step=10.0, epoch=begin, about="moon", ephemeris=ours)
    for a, b in zip(flown, nonlinear.coast(*start, step=10.0, epoch=begin, about="moon")):
        assert np.allclose(a, b, rtol=1e-12, atol=1e-9)
    with pytest.raises(RvdError, match="the ephemeris covers"):
        ephemeris.sky_table(ours, "moon", begin - DAY, 60.0, 10)


@pytest.mark.parametrize("days", [0.01, 4.0, 16.0, 1.0 / 3.0, 61.7, 64.0])
def test_a_table_holds_its_first_and_its_last_instant(kernel, days):
    """And no more of the kernel is needed: the longest ends where the kernel does."""
    end = BEGIN + days * DAY
    ours = spice.ephemeris([kernel], BEGIN, end)
    first, last = ephemeris.span(ours)
    assert first == BEGIN and end <= last < end + 1e-6
    ephemeris.check_covered(ours, BEGIN, end)
    for t in (BEGIN, np.nextafter(end, 0.0), end, last):
        for law, allowed in ((ephemeris.moon_from_earth, 3e-4), (ephemeris.sun_from_earth, 1e-2)):
            assert np.allclose(law(t, ours)[0], law(t, TABLE)[0], rtol=0.0, atol=allowed)
    sky = ephemeris.sky_table(ours, "earth", end - 600.0, 60.0, 10)
    assert np.all(np.isfinite(sky))
    with pytest.raises(RvdError, match="the ephemeris covers"):
        ephemeris.check_covered(ours, BEGIN, last + 1.0)


def test_what_cannot_be_had_is_said_in_a_sentence(kernel, tmp_path):
    for call, sentence in (
        (lambda: spice.states([kernel], "MARS", "EARTH", BEGIN), "SPICE .*user.bsp"),
        (lambda: spice.states([kernel], "MOON", "EARTH", BEGIN - 1e7), "SPICE .*Insufficient ephemeris data"),
        (lambda: spice.states([tmp_path / "none.bsp"], "MOON", "EARTH", BEGIN), "SPICE .*none.bsp"),
        (lambda: spice.ephemeris([kernel], 1.0, 1.0), "begins before it ends"),
        (lambda: spice.ephemeris([kernel], BEGIN, BEGIN - 1.0), "begins before it ends"),
        (lambda: spice.ephemeris([kernel], BEGIN, np.inf), "end: not seconds of TDB"),
        (lambda: spice.ephemeris([kernel], np.nan, BEGIN), "begin: not seconds of TDB"),
        (lambda: spice.ephemeris([kernel], "2026-03-01", BEGIN), "begin: not seconds of TDB"),
        (lambda: spice.states([kernel], "MOON", "EARTH", [BEGIN, np.nan]), "times: not seconds of TDB"),
        (lambda: spice.states([kernel], "MOON", "EARTH", "2026-03-01"), "times: not seconds of TDB"),
        (lambda: spice.states([kernel], "MOON", "EARTH", True), "times: not seconds of TDB"),
        (lambda: spice.ephemeris([kernel], BEGIN, BEGIN + 65.0 * DAY), "SPICE .*Insufficient ephemeris data"),
    ):
        with pytest.raises(RvdError, match=sentence) as caught:
            call()
        assert "\n" not in str(caught.value)
    assert spiceypy.ktotal("ALL") == 0


def test_without_the_library(monkeypatch, kernel):
    monkeypatch.setitem(sys.modules, "spiceypy", None)
    with pytest.raises(RvdError, match=r"pip install 'rvd\[spice\]'"):
        spice.states([kernel], "MOON", "EARTH", BEGIN)
