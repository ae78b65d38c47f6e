import numpy as np

from rvd.core.orbit import ephemeris, synodic
from validation.row import compare, data


def rows():
    """Yields the comparisons."""
    d, table = data(__file__), ephemeris.de440()
    times = d["epochs_tdb_s"]
    for name, law, allowed, why in (
        ("moon_from_earth", ephemeris.moon_from_earth, 2e-7, "the pieces equal DE440 to 0.2 mm"),
        ("sun_from_earth", ephemeris.sun_from_earth, 5e-6, "the pieces equal DE440 to 5 mm"),
        ("sun_from_moon", ephemeris.sun_from_moon, 5e-6, "the pieces equal DE440 to 5 mm"),
    ):
        theirs = d[f"{name}_km"]
        ours = np.array([np.concatenate(law(t, table)) for t in times]) / 1e3
        yield compare(name.replace("_", " "), theirs, ours, allowed, why, "km, km/s")
    frames = [synodic.synodic(t, table) for t in times]
    axes = np.array([[row[:3] for row in x[:3]] for x in d["sxform_j2000_to_emsyn"]])
    why = "the pieces equal DE440 to 0.2 mm of 4e8 m"
    yield compare("synodic axes", axes, [f.axes for f in frames], 5e-13, why)
    # the lower left block of their matrix is that of the axes' rates: -[turn] axes
    theirs = np.array([[row[:3] for row in x[3:]] for x in d["sxform_j2000_to_emsyn"]])
    ours = np.array([np.cross(np.array(f.axes).T, f.turn).T for f in frames])
    yield compare(
        "synodic axes' rates", theirs, ours, 3e-17, "the pieces' velocity to 1e-8 m/s, over 4e8 m", "1/s"
    )
    ours = [seen(table, t, f, 1e3 * np.array(d["craft_mci_km"])) for t, f in zip(times, frames)]
    why = "the axes to 1e-13, 7e4 km away"
    yield compare("craft near the Moon in synodic axes", d["craft_emsyn_km"], ours, 1e-8, why, "km, km/s")


def seen(table, t, frame, state):
    """Ours in km and km/s from the Moon, by way of the frame's own units."""
    x = np.array(synodic.synodic_from_mci(tuple(map(float, state)), t, synodic.MOON_SHARE, table))
    place = x[:3] - (1.0 - synodic.MOON_SHARE, 0.0, 0.0)
    rate = frame.length / frame.time * x[3:] + frame.stretch * place
    return np.concatenate((frame.length * place, rate)) / 1e3
