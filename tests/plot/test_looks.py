import matplotlib
import pytest

from rvd import plot
from tests.plot.pages import R, page


def test_a_style_ends_with_its_block_and_keeps_the_colours():
    before = dict(matplotlib.rcParams)
    with plot.style(3.4, 2.0):
        assert matplotlib.rcParams["pdf.fonttype"] == matplotlib.rcParams["ps.fonttype"] == 42
        assert matplotlib.rcParams["figure.figsize"] == [3.4, 2.0]
        assert matplotlib.rcParams["axes.prop_cycle"] == before["axes.prop_cycle"]
    assert dict(matplotlib.rcParams) == before
    with plot.style():
        assert matplotlib.rcParams["figure.figsize"] == before["figure.figsize"]


def test_a_pdf_holds_its_fonts(tmp_path):
    with plot.style(3.4):
        ax = page()
        plot.vbar_rbar(ax)
        plot.trajectory(ax, R)
        ax.figure.savefig(tmp_path / "a.pdf")
    data = (tmp_path / "a.pdf").read_bytes()
    assert b"/CIDFontType2" in data and b"/Type3" not in data and b"/FontFile2" in data


@pytest.mark.parametrize("text", ["$x_{$", "50 % & #1", "_hidden", "a$b"])
def test_a_users_text_is_text(text):
    ax = page()
    plot.trajectory(ax, R, label=text)
    plot.holds(ax, R[1], [text])
    plot.vbar_rbar(ax, origin=text, body=text)
    legend = ax.legend()
    ax.figure.canvas.draw()  # mathematics that is none would raise an error here
    (shown,) = legend.get_texts()
    assert shown._preprocess_math(shown.get_text()) == (
        text if text[0] != "_" else f"\N{THIN SPACE}{text}",
        False,
    )


def test_the_word_for_no_legend_is_kept():
    ax = page()
    plot.trajectory(ax, R, label="_nolegend_")
    assert ax.get_legend_handles_labels()[1] == []


def test_an_option_that_is_none_is_as_if_it_were_not_given():
    assert plot.sphere(page(), (0.0, 0.0, 0.0), 1.0, linestyle=None).get_linestyle() == ":"
