"""Calls of every function of `rvd.safety`: as tests/guidance/calls.py."""

import numpy as np

from tests.guidance.calls import LONG, NO_N, QUAT, ZERO, Called, N

R, V = (-200.0, -1000.0, 30.0), (0.1, 0.3, -0.02)
FLAT = {"x": 10.0, "y": 20.0, "sx": 25.0, "sy": 50.0, "radius": 5.0}
NO_SIZE = [({"sx": 0.0}, "sx must be above zero"), ({"radius": -1.0}, "radius must be above zero")]
SPREAD = (400.0, 9e4, 2500.0, 100.0, -50.0, 300.0)
LOWER = tuple((np.diag((20.0, 50.0, 20.0, 0.1, 0.1, 0.1)) ** 2)[np.tril_indices(6)].tolist())
TIMES = np.linspace(0.0, 600.0, 11)
PATH = np.stack([(k * 10.0 - 300.0, 20.0, 5.0 * k) for k in range(11)])
RATES = np.broadcast_to((1.0 / 6.0, 0.0, 1.0 / 12.0), (11, 3))

#: Functions of numbers, for which the table of every face holds as well.
CALLS = {
    "collision.alfano": Called(FLAT, "test_published_probabilities", NO_SIZE),
    "collision.chan": Called(FLAT, "test_the_series_where_the_disc_is_small", NO_SIZE),
    "collision.encounter_plane": Called(
        {"r": (10.0, 3.0, 5.0), "v": (100.0, 7000.0, -50.0), "covariance": SPREAD},
        "test_published_close_approaches",
        [({"v": ZERO}, "v is zero"), ({"covariance": (-400.0, 9e4, -25.0, 0.0, 0.0, 0.0)}, "not positive definite")],
    ),
    "collision.foster": Called(FLAT, "test_published_probabilities", NO_SIZE),
    "contact.idss": Called(
        {"r": (0.0, 0.05, 0.02), "v": (-0.07, 0.01, 0.0), "q": QUAT, "w": (0.001, 0.001, 0.0)},
        "test_the_limits_of_the_standard",
        [({"q": LONG}, "length one")],
    ),
    "drifting.avoiding_burn": Called(
        {"r": (20.0, -30.0, 10.0), "v": (100.0, -7000.0, 9000.0), "miss": 1000.0, "n": N, "t": 3000.0},
        "test_the_least_burn",
        [NO_N, ({"v": ZERO}, "v is zero"), ({"miss": 0.0}, "miss must be"), ({"t": -1.0}, "t must be")],
    ),
    "drifting.closest_approach": Called(
        {"r": R, "v": V, "n": N, "horizon": 20000.0},
        "test_the_closest_approach",
        [NO_N, ({"horizon": 0.0}, "horizon must be"), ({"horizon": 1e10}, "sines lose")],
    ),
    "long_encounter.probability": Called(
        {"r": (-100.0, -600.0, 20.0), "v": (0.0, 0.4, 0.0), "covariance": LOWER, "radius": 50.0, "n": N,
         "horizon": 3000.0},
        "test_the_entries_of_drawn_drifts",
        [NO_N, ({"radius": 0.0}, "radius must"), ({"horizon": -1.0}, "horizon must"),
         ({"covariance": (0.0,) * 21}, "positive definite"), ({"radius": 2e6}, "2000 of the middle sigma")],
    ),
    "margins.cone": Called(
        {"r": R, "apex": ZERO, "axis": (0.0, -2.0, 0.0), "half_angle": 0.3},
        "test_the_distance_to_a_cone",
        [({"axis": ZERO}, "axis is a zero vector"), ({"half_angle": 1.6}, "right angle")],
    ),
    "margins.ellipsoid": Called(
        {"r": R, "centre": (1.0, 2.0, 3.0), "half_axes": (100.0, 400.0, 200.0)},
        "test_the_distance_to_an_ellipsoid",
        [({"half_axes": (100.0, 0.0, 200.0)}, "half axis")],
    ),
    "margins.speed": Called(
        {"r": R, "v": V, "at_contact": 0.05, "slope": 0.001, "most": 0.5},
        "test_spheres_and_speeds",
        [({"slope": -1.0}, "below zero"), ({"most": -1.0}, "below zero")],
    ),
    "margins.sphere": Called(
        {"r": R, "centre": (1.0, 2.0, 3.0), "radius": 200.0},
        "test_spheres_and_speeds",
        [({"radius": 0.0}, "radius must")],
    ),
}  # fmt: skip

BURNS = {"r": R, "v": V, "burn_times": [100.0, 900.0], "burns": [(0.1, 0.0, 0.0), (0.0, -0.1, 0.05)], "n": N}

#: Functions of whole trajectories: their arguments do not broadcast.
TRAJECTORIES = {
    "trajectories.after_burns": Called(
        {**BURNS, "t": TIMES},
        "test_a_trajectory_with_burns",
        [
            NO_N, ({"burn_times": [9.0, 1.0]}, "rising"), ({"burns": [(0.1, 0.0, 0.0)]}, "burns has shape"),
            ({"r": np.zeros((2, 3)), "v": np.zeros((3, 3))}, "do not broadcast"), ({"t": -TIMES}, "from zero on"),
        ],
    ),
    "trajectories.least_margin": Called(
        {"kind": "sphere", "t": TIMES, "r": PATH, "v": RATES},
        "test_the_least_margin_between_samples",
        [({"kind": "cube"}, "kind is"), ({"t": TIMES[::-1]}, "rising"), ({"r": PATH[1:]}, "r has shape")],
    ),
    "trajectories.passive_sweep": Called(
        {**BURNS, "t": TIMES, "horizon": 20000.0},
        "test_the_sweep",
        [NO_N, ({"horizon": 0.0}, "horizon must"), ({"covariance": np.eye(3)}, "covariance has shape"),
         ({"covariance": -np.eye(6)}, "not positive")],
    ),
}  # fmt: skip
