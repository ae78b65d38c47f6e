"""Calls of every function of `rvd.navigation`: as tests/guidance/calls.py."""

from tests.guidance.calls import NO_N, Called, N

X = (100.0, -900.0, 30.0, 0.1, 0.2, -0.05)
#: Of correlated position and velocity.
P = (
    (100.0, 5.0, 0.0, 0.1, 0.0, 0.0), (5.0, 80.0, 1.0, 0.0, 0.2, 0.0), (0.0, 1.0, 60.0, 0.0, 0.0, 0.1),
    (0.1, 0.0, 0.0, 0.01, 0.001, 0.0), (0.0, 0.2, 0.0, 0.001, 0.02, 0.0), (0.0, 0.0, 0.1, 0.0, 0.0, 0.01),
)  # fmt: skip
F = (
    (1.0, 0.0, 0.0, 60.0, 2.0, 0.0), (0.1, 1.0, 0.0, -2.0, 60.0, 0.0), (0.0, 0.0, 0.9, 0.0, 0.0, 60.0),
    (0.001, 0.0, 0.0, 1.0, 0.1, 0.0), (0.0, 0.0, 0.0, -0.1, 0.9, 0.0), (0.0, 0.0, -0.001, 0.0, 0.0, 1.0),
)  # fmt: skip
Q = tuple(tuple(float(0.01 * (i + 1) if i == j else 0.0) for j in range(6)) for i in range(6))
H = ((1.0, 0.0, 0.0, 0.0, 0.0, 0.0), (0.0, 0.8, 0.6, 0.0, 0.0, 0.0), (0.0, 0.0, 1.0, 0.0, 0.0, 5.0))
R = ((4.0, 1.0, 0.0), (1.0, 9.0, -2.0), (0.0, -2.0, 16.0))


def changed(matrix, i, j, value):
    """The matrix with one other element."""
    return tuple(
        tuple(value if (a, b) == (i, j) else x for b, x in enumerate(row)) for a, row in enumerate(matrix)
    )


SKEW, OVER, BELOW = changed(P, 0, 1, 6.0), changed(changed(P, 0, 1, 95.0), 1, 0, 95.0), changed(P, 2, 2, -1.0)
NO_COVARIANCE = [({"covariance": one}, "covariance is none") for one in (SKEW, OVER, BELOW)]
FLAT = changed(R, 0, 0, 0.0)

CALLS = {
    "consistency.nees": Called(
        {"error": (3.0, -5.0, 1.0, 0.05, 0.1, 0.02), "covariance": P},
        "test_squares_over_the_covariance",
        [({"covariance": SKEW}, "symmetric"), ({"covariance": BELOW}, "positive definite")],
    ),
    "consistency.nis": Called(
        {"innovation": (3.0, -5.0, 1.0), "covariance": R},
        "test_squares_over_the_covariance",
        [({"covariance": changed(R, 0, 1, 2.0)}, "symmetric"), ({"covariance": FLAT}, "positive definite")],
    ),
    "kalman.predict": Called(
        {"x": X, "covariance": P, "transition": F, "noise": Q},
        "test_a_step_of_time",
        [*NO_COVARIANCE, ({"noise": changed(Q, 0, 0, -1.0)}, "noise is none")],
    ),
    "kalman.update": Called(
        {"x": X, "covariance": P, "z": 45.0, "row": H[2], "variance": 16.0, "gate": 5.0},
        "test_one_number",
        [*NO_COVARIANCE, ({"variance": 0.0}, "variance must be above"), ({"gate": 0.0}, "gate must be above")],
    ),
    "kalman.update3": Called(
        {"x": X, "covariance": P, "z": (95.0, -700.0, 33.0), "rows": H, "noise": R, "gate": 50.0},
        "test_three_numbers_at_once",
        [*NO_COVARIANCE, ({"noise": FLAT}, "noise is none"), ({"gate": -1.0}, "gate must be above")],
    ),
    "noise.coasting": Called(
        {"density": (1e-8, 4e-8, 1e-9), "n": N, "t": 900.0},
        "test_the_noise_of_a_coast",
        [NO_N, ({"density": (0.0, -1.0, 0.0)}, "density must not"), ({"t": -1.0}, "t must not"), ({"t": 1e7}, "800")],
    ),
    "noise.fading": Called(
        {"sigma": 2.0, "memory": 600.0, "t": 60.0},
        "test_a_bias_that_fades",
        [({"memory": 0.0}, "memory must be"), ({"sigma": -1.0}, "sigma must not"), ({"t": -1.0}, "t must not")],
    ),
}  # fmt: skip
