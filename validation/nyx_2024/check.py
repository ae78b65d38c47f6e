from rvd.core.orbit import kepler
from validation.row import compare, data


def rows():
    """Yields the comparisons."""
    case = data(__file__)["two_body_1day_nyx"]
    i, e = case["inputs"], case["expected"]
    r, v = tuple(i["x0_km_km_s"][:3]), tuple(i["x0_km_km_s"][3:])
    for key, allowed, why in (
        (
            "a",
            6e-9,
            "theirs is integrated over 14 revolutions, ours is closed: rounding of 7e3 km over a thousand steps",
        ),
        (
            "b",
            4e-7,
            "mu is known to 12 digits: half of its last is 6e-13 of it, 4e-7 km in 14 revolutions",
        ),
    ):
        r1, v1 = kepler.coast(r, v, i[f"mu_{key}"], float(i["t_s"]))
        yield compare(
            f"two bodies, one day, mu {key}: position", e[f"final_{key}"][:3], r1, allowed, why, "km"
        )
        yield compare(
            f"two bodies, one day, mu {key}: velocity",
            e[f"final_{key}"][3:],
            v1,
            allowed * 1.1e-3,
            why,
            "km/s",
        )
