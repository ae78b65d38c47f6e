"""What a flight's history tells beside place and leg: asked and given, believed and true, how sure; and its frame."""

import numpy as np
import pytest

from rvd.assembly.history import History, chaser_eci
from rvd.case.columns import history_column
from rvd.core.kernel import plain
from rvd.core.orbit.frames import eci_from_hill
from rvd.errors import ArgumentError
from rvd.montecarlo.mission import Mission
from tests.short_case import short_case

HILL, BODY = ("vbar", "rbar", "hbar"), ("forward", "starboard", "down")


@pytest.fixture(scope="module")
def mission():
    return Mission(short_case())


@pytest.fixture(scope="module")
def flight(mission):
    return mission.flight(3, 5)


def three(history, pattern, axes=HILL):
    return np.column_stack([history[pattern.format(axis)] for axis in axes])


def test_every_column_says_its_unit_and_its_meaning(flight):
    assert all(history_column(name).meaning for name in flight.history)
    assert {name for name in flight.history if name.startswith("on.")} == {
        f"on.{name}" for name in Mission(short_case()).built.nozzle_names
    }


def test_sigmas_by_axis_make_the_sigma_of_all_three(flight):
    h = flight.history
    for pattern, whole in (("sigma_{}", "sigma_r"), ("sigma_{}_rate", "sigma_v")):
        np.testing.assert_allclose(np.linalg.norm(three(h, pattern), axis=1), h[whole], rtol=1e-12)


def test_a_force_is_given_where_nozzles_were_on_and_only_there(flight):
    h = flight.history
    on = np.array([values for name, values in h.items() if name.startswith("on.")])
    pushed = np.linalg.norm(three(h, "given_force_{}", BODY), axis=1) > 0.0
    turned = np.linalg.norm(three(h, "given_torque_{}", BODY), axis=1) > 0.0
    assert 5 < np.count_nonzero(on.any(axis=0)) < on.shape[1]
    np.testing.assert_array_equal(pushed | turned, on.any(axis=0))
    assert (on >= 0.0).all() and (on <= 1.0).all()


def test_in_free_drift_nothing_is_asked_of_the_attitude_and_no_nozzle_is_on(flight):
    h = flight.history
    drifts = h["leg"] == 1
    assert drifts.sum() > 20
    assert np.isnan(three(h, "aim_q_{}", "xyzw")[drifts]).all() and not h["aim_turns"][drifts].any()
    assert all(not values[drifts].any() for name, values in h.items() if name.startswith("on."))


def test_an_aim_is_there_where_one_is_asked_for(flight):
    h = flight.history
    tracks = h["aim_kind"] == 1.0
    assert tracks.any()
    np.testing.assert_array_equal(np.isfinite(three(h, "aim_{}")).all(axis=1), tracks)
    np.testing.assert_array_equal(np.isnan(three(h, "aim_{}_gain")).all(axis=1), h["aim_kind"] != 2.0)
    miss = three(h, "aim_{}")[tracks] - three(h, "believed_{}")[tracks]
    assert np.linalg.norm(miss, axis=1).max() < 2.0  # the box is a metre wide


def test_the_squares_of_the_innovations_add_up_to_the_nis(flight):
    h = flight.history
    six = three(h, "innovation_{}", "123456")
    known = h["numbers"] == 3.0  # a laser fix, nothing edited out
    assert known.sum() > 20
    assert np.isnan(six[known, :3]).all()
    np.testing.assert_allclose(np.sum(six[known, 3:] ** 2, axis=1), h["nis"][known], rtol=1e-12)


def test_believed_rates_are_the_true_ones_within_the_gyro_s_errors(flight):
    h = flight.history
    true, believed = three(h, "body_rate_{}", BODY), three(h, "believed_body_rate_{}", BODY)
    assert np.abs(true).max() > 1e-4
    assert np.abs(believed - true)[1:].max() < 1e-4  # the first reading of the gyro covers an instant


def test_the_chaser_on_inertial_axes_is_that_of_the_kernel(flight):
    h = flight.history
    kernel = plain(eci_from_hill)
    for k in (0, len(h["t"]) // 2, -1):
        rt, vt = ([h[f"target_eci_{axis}{end}"][k] for axis in "xyz"] for end in ("", "_rate"))
        r, v = ((-h[f"rbar{e}"][k], h[f"vbar{e}"][k], -h[f"hbar{e}"][k]) for e in ("", "_rate"))
        dr, dv = kernel(tuple(rt), tuple(vt), r, v)
        np.testing.assert_allclose([h[f"chaser_eci_{a}"][k] for a in "xyz"], np.add(rt, dr), atol=1e-8)
        np.testing.assert_allclose([h[f"chaser_eci_{a}_rate"][k] for a in "xyz"], np.add(vt, dv), atol=1e-11)


def test_numbers_of_a_divergence_pass(flight):
    columns = {name: np.full(2, np.nan) for name in flight.history}
    assert np.isnan(chaser_eci(columns)["chaser_eci_x"]).all()


def test_a_frame_has_words_units_and_meanings(flight):
    pandas = pytest.importorskip("pandas")
    frame = flight.history.to_pandas()
    assert isinstance(frame, pandas.DataFrame) and len(frame) == len(flight.history["t"])
    assert set(frame["leg_word"]) == {"box", "free drift"} and set(frame["alarm_word"]) == {"none"}
    assert frame.attrs["columns"]["t"] == {"unit": "s", "meaning": "time from the epoch"}
    assert set(frame.attrs["columns"]) == set(frame)
    few = flight.history.to_pandas(["t", "leg_word", "sigma_vbar"])
    assert list(few) == ["t", "leg_word", "sigma_vbar"]
    with pytest.raises(ArgumentError, match="no column 'sigma_up'"):
        flight.history.to_pandas(["sigma_up"])


def test_what_a_notebook_prints_is_a_few_lines(flight, mission):
    assert len(repr(flight)) < 500 and len(repr(flight).splitlines()) < 6
    assert "captured" in repr(flight) and f"{len(flight.history['t'])} lines" in repr(flight)
    assert len(repr(flight.history)) < 200
    assert len(repr(mission.case)) < 200
    assert repr(History({})) == "History: 0 lines of 0 columns"
