"""Calls of every function of the toolbox: a good one, and bad ones with the sentence that each gets."""

from typing import Any, NamedTuple

from rvd.core.constants import MU_EARTH

N = 1.13e-3
R, V = (-500.0, -2000.0, 40.0), (0.1, 0.85, 0.02)
ZERO = (0.0, 0.0, 0.0)
RI, VI = (7.0e6, 0.0, 1e5), (100.0, 7400.0, 900.0)
RT, VT = (6.9e6, 9e5, 3e4), (-980.0, 7450.0, 800.0)


class Called(NamedTuple):
    """One function: a good call, its bad ones, and the test of tests/guidance that checks it independently."""

    good: dict[str, Any]
    check: str
    bad: list[tuple[dict[str, Any], str]]


NO_N = ({"n": 0.0}, "n must be above zero")

CALLS = {
    "approach.five_burns": Called(
        {
            "x": -30e3, "y": -1200e3, "x_last": -10e3, "elevation": 0.47, "revolutions": 3.0, "t_tpi": 24000.0,
            "transfer": 2000.0, "to": (0.0, -500.0, 0.0), "n": N,
        },
        "test_the_plan_flown",
        [
            NO_N, ({"t_tpi": 2e4}, "TPI comes before"), ({"revolutions": 2.5}, "whole"),
            ({"elevation": 2.0}, "right angle"),
        ],
    ),
    "coelliptic.drift_height": Called(
        {"along": 5e4, "n": N, "t": 3e3}, "test_a_height_is_kept", [NO_N, ({"t": -1.0}, "t must be above zero")]
    ),
    "coelliptic.drift_time": Called(
        {"x": -1e4, "along": 5e4, "n": N}, "test_a_height_is_kept", [NO_N, ({"x": 1e4}, "does not drift this way")]
    ),
    "coelliptic.hohmann": Called({"x_from": -1e4, "x_to": -3e3, "n": N}, "test_from_height_to_height", [NO_N]),
    "coelliptic.tpi_place": Called(
        {"x": -1e4, "elevation": 0.47},
        "test_the_target_stands_at_its_elevation",
        [({"elevation": 0.0}, "right angle"), ({"elevation": 1.6}, "right angle")],
    ),
    "coelliptic.velocity": Called({"x": -1e4, "n": N}, "test_a_height_is_kept", [NO_N]),
    "hops.rbar_radial": Called(
        {"x_from": -200.0, "x_to": -500.0, "n": N},
        "test_radially_along_the_rbar",
        [NO_N, ({"x_to": 500.0}, "one side"), ({"x_to": -200.0}, "equal")],
    ),
    "hops.rbar_tangential": Called(
        {"x_from": -500.0, "x_to": -200.0, "n": N},
        "test_tangentially_along_the_rbar",
        [NO_N, ({"x_to": 500.0}, "equally far")],
    ),
    "hops.to_state": Called(
        {"r": R, "v": V, "to": (10.0, -100.0, -5.0), "v_to": (0.0, 0.1, 0.02), "n": N, "t": 1800.0},
        "test_to_a_state",
        [NO_N, ({"t": 0.0}, "t must be above zero"), ({"t": 6.283185307179586 / N}, "take another time")],
    ),
    "hops.vbar_radial": Called({"along": -300.0, "n": N}, "test_along_the_vbar", [NO_N]),
    "hops.vbar_tangential": Called({"along": 1500.0, "n": N}, "test_along_the_vbar", [NO_N]),
    "interception.intercept": Called(
        {"r": RI, "v": VI, "rt": RT, "vt": VT, "revolutions": 0.0, "mu": MU_EARTH, "t": 2500.0},
        "test_the_burns_flown",
        [({"revolutions": 0.5}, "whole"), ({"revolutions": 9.0}, "too short"), ({"mu": 0.0}, "mu must be")],
    ),
}  # fmt: skip
