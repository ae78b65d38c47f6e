import numpy as np
import pytest

from rvd.control import facets as module
from rvd.control.facets import SLACK, FacetTable, attains, facets, wrenches
from tests.control.oracles import flows, htv

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
