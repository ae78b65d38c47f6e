import warnings

import numpy as np
import pytest

from rvd.errors import CaseError
from rvd.report.figures import campaign_figures, flight_figures, write_figures
from rvd.report.page import CAPTIONS
from rvd.report.shown import Shown
from tests.report.synthetic import SCENE, made_up, made_up_table

FRONT = Shown(None, made_up(every=20.0))


def test_every_figure_of_a_campaign_has_a_caption():
    figures = campaign_figures(SCENE, [FRONT], made_up_table())
    assert set(figures) | {"passive"} == set(CAPTIONS)
    assert set(flight_figures(SCENE, [FRONT])) < set(figures)


def test_each_figure_is_written_in_each_format_and_twice_the_same(tmp_path):
    figures = {"speed": flight_figures(SCENE, [FRONT])["speed"]}
    formats = ("png", "svg", "pdf")
    paths = write_figures(figures, tmp_path / "a" / "b", formats)
    assert [path.name for path in paths] == ["speed.png", "speed.svg", "speed.pdf"]
    heads = [path.read_bytes()[:5] for path in paths]
    assert heads == [b"\x89PNG\r", b"<?xml", b"%PDF-"]
    again = write_figures({"speed": flight_figures(SCENE, [FRONT])["speed"]}, tmp_path / "c", formats)
    assert [a.read_bytes() == b.read_bytes() for a, b in zip(paths, again, strict=True)] == [True, True, True]


def test_an_unknown_format_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(CaseError, match="formats are png, svg, pdf"):
        write_figures({"x": None}, tmp_path / "new", ("png", "bmp"))
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("end", [np.nan, np.inf, 1e250])
@pytest.mark.parametrize("lines", [1, None])
def test_a_flight_that_diverged_is_drawn_as_far_as_it_is_known(tmp_path, end, lines):
    """Without a warning: with its last line lost, and with every one."""
    flight = made_up(every=20.0)
    for name, values in flight.history.items():
        if name not in ("t", "leg"):
            values[slice(None) if lines is None else slice(-lines, None)] = end
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figures = flight_figures(SCENE, [Shown(None, flight)])
        assert len(write_figures(figures, tmp_path)) == len(figures)
