import numpy as np
import pytest

from rvd.core.vehicle.drag import Drag
from rvd.core.vehicle.mass import Chaser, com_after, inertia_after, mass_after
from tests.core.vehicle.oracles import points_removed

INERTIA = (37500.0, 143000.0, 142000.0, 310.0, -120.0, 75.0)
CHASER = Chaser(
    15500.0, 1200.0, (0.02, -0.01, 0.03), (-2.5, 0.1, -0.2), INERTIA, Drag(2.2, (15.0, 43.0, 43.0))
)


@pytest.mark.parametrize("used", [0.0, 64.3, 1200.0])
def test_mass_and_centre_of_mass_are_those_of_the_body_less_what_left_the_tank(used):
    mass, com = points_removed(CHASER.mass, CHASER.com, used, CHASER.tank)
    assert mass_after(CHASER, used) == pytest.approx(mass, rel=1e-15)
    np.testing.assert_allclose(com_after(CHASER, used), com, atol=1e-15)


def test_propellant_from_an_aft_tank_moves_the_centre_of_mass_forward():
    assert com_after(CHASER, 300.0)[0] > com_after(CHASER, 0.0)[0]


def test_inertia_shrinks_with_the_mass_and_keeps_its_shape():
    half = inertia_after(CHASER, 0.5 * CHASER.mass)
    np.testing.assert_allclose(half, 0.5 * np.array(INERTIA), rtol=1e-15)
    assert inertia_after(CHASER, 0.0) == INERTIA
