import re
import warnings

import numpy as np
import pytest
from matplotlib.text import Text

from rvd.case.limits import Goal
from rvd.core.signals import Outcome
from rvd.errors import CaseError
from rvd.reporting.figures import campaign_figures, flight_figures, write_figures
from rvd.reporting.outcomes import draw_outcomes
from rvd.reporting.page import CAPTIONS, LETTERS, captions
from rvd.reporting.shown import Shown
from rvd.reporting.style import said
from tests.reporting.synthetic import DOCKING, SCENE, docked, made_up, made_up_contacts, made_up_table

FRONT = Shown(None, made_up(every=20.0))
DOCKS = (DOCKING, [Shown(None, docked(every=20.0))], made_up_contacts())


def words_of(figure) -> str:
    """All that a figure says."""
    figure.draw_without_rendering()
    return "\n".join(text.get_text() for text in figure.findobj(Text))


def test_a_figure_of_limits_is_that_of_the_goal():
    rest = {"outcomes", "corridor", "speed", "navigation", "consistency"}
    box, docking = campaign_figures(SCENE, [FRONT], made_up_table()), campaign_figures(*DOCKS)
    assert set(box) == rest | {"capture"} and set(docking) == rest | {"contact"}
    assert set(flight_figures(*DOCKS[:2])) == set(docking) - {"outcomes"}
    there = {"at": {}, "within": 1.0, "speed": 0.1, "angle": 0.1, "time": 60.0}
    for kind, success, given in (
        ("hold", Outcome.HELD, there),
        ("clear", Outcome.CLEAR, {"beyond": 2e3, "time": 60.0}),
        ("reach", Outcome.REACHED, there),
    ):
        goal = Goal.model_validate({"kind": kind, **given})
        scene = SCENE._replace(goal=kind, success=success.word, limits=goal)
        flight = Shown(None, made_up(outcome=success, every=20.0))
        table = {**made_up_table(failures=0), "outcome": np.full(400, int(success))}
        assert set(campaign_figures(scene, [flight], table)) == rest


def test_no_figure_of_a_docking_speaks_of_a_capture_or_a_berthing():
    for figure in campaign_figures(*DOCKS).values():
        text = words_of(figure)
        assert not re.search("captur|berthing|grapple|box", text), text
    assert "docked" in words_of(campaign_figures(*DOCKS)["outcomes"])
    docks = captions(DOCKING)
    assert "path of the chaser's port from the target's port" in docks["corridor"]
    assert "path of the grapple fixture from the berthing point" in captions(SCENE)["corridor"]


def test_every_figure_of_a_campaign_has_a_caption():
    figures = campaign_figures(SCENE, [FRONT], made_up_table())
    figures |= {f"docking {name}": one for name, one in campaign_figures(*DOCKS).items()}
    shown = {name.removeprefix("docking ") for name in figures}
    assert shown | {"passive"} == set(CAPTIONS)
    assert set(flight_figures(SCENE, [FRONT])) < shown
    # the page counts on letters of this size: it does not shrink a figure further than they can be read
    texts = [text for figure in figures.values() for text in figure.findobj(Text) if text.get_text()]
    assert min(text.get_fontsize() for text in texts) >= LETTERS


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


HOSTILE = (
    "$\\frac$ x", "a_b^c $x_{$", "saves $5 per run and $6 later", "$" * 60, "\\", "_hidden", "{x} %s %d", "W" * 200,
    "東京 😀 \u202eabc", "<b>&amp;</b>",
)  # fmt: skip


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_is_drawn_as_it_is(title, tmp_path):
    """None is taken for mathematics, none takes all the room."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = draw_outcomes(SCENE._replace(title=title), made_up_table())
        assert write_figures({"outcomes": figure}, tmp_path)
    assert said(title, 60).replace(" ", "") in figure.get_suptitle().replace("\n", "").replace(" ", "")


def test_names_of_legs_and_vehicles_are_drawn_as_they_are(tmp_path):
    """None is taken for mathematics, none hides a label, none takes all the room."""
    legs = tuple(leg._replace(name=text) for leg, text in zip(SCENE.legs, HOSTILE, strict=True))
    table = made_up_table()
    for leg, new in zip(SCENE.legs, legs, strict=True):
        table |= {f"{what}.{new.name}": table[f"{what}.{leg.name}"] for what in ("nees", "nis", "numbers")}
    scene = SCENE._replace(title=HOSTILE[1], target=HOSTILE[5], chaser=HOSTILE[0], legs=legs)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figures = campaign_figures(scene, [FRONT], table)
        assert len(write_figures(figures, tmp_path)) == len(figures)
    texts = [text for figure in figures.values() for text in figure.findobj(Text)]
    shown = {text.get_text() for text in texts}
    assert {said(leg.name) for leg in legs} <= shown and f"{said(HOSTILE[5])}, centre of mass" in shown
    assert not any(text.get_parse_math() for text in texts if "$" in text.get_text())
    assert all(axes.get_position().height > 0.1 for figure in figures.values() for axes in figure.axes)
