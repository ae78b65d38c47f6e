"""What `rvd.plot` owes as a whole: examples that run, every style of Matplotlib, space, and a light import."""

import doctest
import subprocess
import sys

import matplotlib
import matplotlib.style
import numpy as np
import pytest
from matplotlib.colors import to_rgba

from rvd import plot
from tests.plot.pages import RUNS, R, T, page, space


def corridor(ax):
    """Everything that can be drawn."""
    plot.vbar_rbar(ax)
    plot.ellipsoid(ax, (0.0, 0.0, 0.0), (300.0, 600.0, 300.0), label="approach ellipsoid")
    plot.sphere(ax, (0.0, 0.0, 0.0), 200.0, label="keep-out sphere")
    plot.cone(ax, (0.0, 0.0, 0.0), "-V", 0.17, 250.0, label="corridor")
    plot.box(ax, (0.0, -10.0, 0.0), (1.0, 1.0, 1.0), label="box")
    plot.tube(ax, RUNS, label="3 sigma")
    plot.ellipses(ax, RUNS)
    plot.trajectory(ax, RUNS, label="runs")
    plot.trajectory(
        ax, R, T, burns=((0.0, 600.0), [(0.0, 0.3, 0.0), (0.1, -0.1, 0.0)]), every=300.0, label="nominal"
    )
    plot.holds(ax, R[1:3], ["S3", "S4"])
    plot.port(ax, (0.0, 0.0, 0.0), "-V", name="port")
    ax.legend(loc="upper right")


def colours(ax):
    """The colours of lines, of texts, and of what is drawn in an Axes."""
    for line in ax.lines:
        yield to_rgba(line.get_color())
    for text in [*ax.texts, ax.xaxis.label, ax.yaxis.label, *ax.get_legend().get_texts()]:
        yield to_rgba(text.get_color())
    for patch in [*ax.patches, *ax.collections]:
        for colour in (patch.get_facecolor(), patch.get_edgecolor()):
            yield from map(tuple, np.reshape(colour, (-1, 4))[:1])


@pytest.mark.parametrize("axes", [page, space])
@pytest.mark.parametrize("style", ["default", "dark_background", "grayscale", "ggplot", "column"])
def test_nothing_has_the_colour_of_the_background(style, axes):
    context = plot.style(3.4) if style == "column" else matplotlib.rc_context()
    with context:
        if style not in ("default", "column"):
            matplotlib.style.use(style)
        ax = axes()
        corridor(ax)
        ax.figure.canvas.draw()
        ground = to_rgba(ax.get_facecolor())[:3]
        for colour in colours(ax):
            if colour[3] > 0.0:
                assert max(abs(a - b) for a, b in zip(colour, ground)) > 0.2


@pytest.mark.parametrize("axes", [page, space])
def test_sizes_are_those_of_the_style(axes):
    small, large = [], []
    for size, found in ((5.0, small), (15.0, large)):
        with matplotlib.rc_context(
            {"font.size": size, "lines.linewidth": size / 5.0, "lines.markersize": size}
        ):
            ax = axes()
            corridor(ax)
            found += [text.get_fontsize() for text in ax.texts]
            found += [line.get_linewidth() for line in ax.lines if line.get_label().startswith("keep")]
            found += [line.get_markersize() for line in ax.lines if line.get_marker() == "D"]
    assert len(small) > 6
    assert np.allclose(3.0 * np.array(small), large)


@pytest.mark.parametrize("form", ["png", "pdf", "svg"])
def test_a_figure_is_saved(form, tmp_path):
    with plot.style(3.4):
        ax = page()
        corridor(ax)
        ax.figure.savefig(tmp_path / f"a.{form}")
    assert (tmp_path / f"a.{form}").stat().st_size > 5000


@pytest.mark.parametrize("name", plot.__all__)
def test_the_example_runs(name):
    function = getattr(plot, name)
    module = sys.modules[function.__module__]
    found = doctest.DocTestFinder(recurse=False).find(function, name, globs=dict(vars(module)))
    assert found and found[0].examples
    said: list[str] = []
    doctest.DocTestRunner().run(found[0], out=said.append)
    assert not said, "".join(said)


def test_no_window_system_and_no_case_is_loaded():
    probe = (
        "import sys; from matplotlib.figure import Figure; import rvd; ax = Figure().subplots(); "
        "rvd.plot.vbar_rbar(ax); rvd.plot.trajectory(ax, [(0.0, 1.0, 0.0), (1.0, 2.0, 0.0)]); "
        "print(*[name for name in ('numba', 'scipy', 'pydantic', 'matplotlib.pyplot') if name in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout
    assert not out.split()
