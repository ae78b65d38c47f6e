from collections import Counter
from itertools import combinations

import numpy as np
import pytest

from rvd.control import facets as module
from rvd.control.facets import SLACK, FacetTable, attains, facets, wrenches
from tests.core.control.oracles import cube, flows, htv

TABLE, SETS = htv()
NOZZLES = TABLE.nozzles
FULL = wrenches(NOZZLES.where_body, NOZZLES.push_body, NOZZLES.thrust, (0.0, 0.0, 0.0))


def test_wrenches_are_forces_and_their_moments_about_the_point():
    moved = wrenches(NOZZLES.where_body, NOZZLES.push_body, NOZZLES.thrust, (1.0, -2.0, 0.5))
    top = TABLE.names.index("RA1")  # pushes +y at x = -4.3, y = 0.31, z = 2.18
    assert FULL[top] == pytest.approx([0, 120, 0, -120 * 2.18, 0, -120 * 4.3], abs=1e-12)
    assert moved[top] == pytest.approx([0, 120, 0, -120 * 1.68, 0, -120 * 5.3], abs=1e-12)


@pytest.mark.parametrize(
    ("name", "slack"), [("A", False), ("A and main", False), ("all", False), ("A away", True)]
)
def test_slack_stands_only_where_a_direction_is_out_of_reach(name, slack):
    table = facets(FULL, flows(NOZZLES), SETS[name])
    assert np.any(table.columns == SLACK) == slack
    used = np.unique(table.columns[table.columns != SLACK])
    assert np.all(SETS[name][used])


def test_attains_is_a_question_of_direction():
    away = FULL[SETS["A away"]]
    assert attains(away, np.array([0.0, 0.0, -1.0, 0.0, 0.0, 0.0]))
    assert not attains(away, np.array([0.0, 0.0, 1.0, 0.0, 0.0, 0.0]))
    assert not attains(away[:0], np.array([1.0, 0.0, 0.0, 0.0, 0.0, 0.0]))


@pytest.mark.parametrize("name", list(SETS))
def test_a_facet_prices_its_own_nozzles_at_their_cost(name):
    """Complementary slackness: y'B_i = c_i on the basis (less the tie-break), so the duties cost y'w."""
    table = facets(FULL, flows(NOZZLES), SETS[name])
    nozzle = table.columns != SLACK
    facet, place = np.nonzero(nozzle)
    prices = np.einsum("kj,kj->k", table.prices[facet], FULL[table.columns[facet, place]])
    assert np.allclose(prices, flows(NOZZLES)[table.columns[facet, place]], rtol=2e-6)
    product = np.einsum("kj,kj->k", table.inverses[facet, place], FULL[table.columns[facet, place]])
    assert np.allclose(product, 1.0, atol=1e-12)


def test_a_table_with_a_hole_is_refused(monkeypatch):
    whole = module._bases

    def holed(*arguments):
        table = whole(*arguments)
        return FacetTable(*(values[: len(values) // 2] for values in table))

    monkeypatch.setattr(module, "_bases", holed)
    with pytest.raises(ArithmeticError, match="do not cover all wrenches"):
        facets(FULL, flows(NOZZLES), SETS["A"])


def test_nozzles_whose_wrenches_lie_in_no_solid_are_said():
    apart = flows(NOZZLES).copy()
    apart[5] *= 1e-80
    with pytest.raises(ArithmeticError, match="lie in no solid"):
        facets(FULL, apart, np.ones(len(FULL), dtype=bool))


def with_points(monkeypatch, nozzles, usable):
    """The facets of a nozzle set, with the columns (n, 6) and costs (n,) that they were found from."""
    kept = {}
    found = module._bases

    def watched(scaled, cost, number, length):
        kept.update(columns=scaled * np.repeat([1.0, length], 3), cost=cost)
        return found(scaled, cost, number, length)

    monkeypatch.setattr(module, "_bases", watched)
    full = wrenches(nozzles.where_body, nozzles.push_body, nozzles.thrust, (0.0, 0.0, 0.0))
    return facets(full, flows(nozzles), usable), kept["columns"], kept["cost"]


VEHICLES = {
    **{name: (NOZZLES, marks) for name, marks in SETS.items()},
    "cube": (cube(), np.ones(24, dtype=bool)),
}


@pytest.mark.parametrize("name", list(VEHICLES))
def test_the_facets_are_the_only_ones_whoever_finds_them(name, monkeypatch):
    """So that another build of Qhull, or another CPU, finds the same.

    Each price is the cost of its six columns to 1e-14, and below that of every other by 1e-10 at least (measured:
    5e-10, by the tie-break), so each is a facet beyond the reach of rounding. Each ridge of five joins two of them, so
    none is missing: a hull is connected through its ridges (Ziegler 1995, section 3.5).
    """
    table, columns, cost = with_points(monkeypatch, *VEHICLES[name])
    shares = table.prices @ columns.T / cost
    order = np.argsort(-shares, axis=1)
    ranked = np.take_along_axis(shares, order, axis=1)
    np.testing.assert_allclose(ranked[:, :6], 1.0, rtol=1e-14)
    assert ranked[:, 6:].max() < 1.0 - 1e-10
    ridges = Counter(five for six in order[:, :6] for five in combinations(sorted(six.tolist()), 5))
    assert set(ridges.values()) == {2}


def test_ties_are_broken_by_numbers_that_stay():
    """As NumPy's own generator draws them today; its bits are promised, what it makes of them is not."""
    assert (module._uniform(1, 100) == np.random.default_rng(1).random(100)).all()
    assert module._uniform(1, 3).tolist() == [0.5118216247002567, 0.9504636963259353, 0.14415961271963373]
