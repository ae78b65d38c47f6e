"""Mass, centre of mass and inertia of the chaser as its propellant is used."""

from typing import NamedTuple

from rvd.core.algebra.vec import axpy, scale
from rvd.core.kernel import Vec, kernel
from rvd.core.vehicle.drag import Drag

Inertia = tuple[float, float, float, float, float, float]


class Chaser(NamedTuple):
    """Mass properties and drag of the chaser at the start."""

    #: Mass with the propellant, kg.
    mass: float
    #: Propellant aboard, kg.
    propellant: float
    #: Centre of mass with the propellant aboard, m, body axes from the body's origin.
    com: Vec
    #: The place that the propellant leaves from, m, body axes from the body's origin.
    tank: Vec
    #: (xx, yy, zz, xy, xz, yz) about `com`, kg m2, body axes; it shrinks in proportion to the mass (assumed).
    inertia: Inertia
    #: What its drag depends on.
    drag: Drag


@kernel
def mass_after(chaser: Chaser, used: float) -> float:
    """Mass (kg) once `used` kg of propellant are gone."""
    return chaser.mass - used


@kernel
def com_after(chaser: Chaser, used: float) -> Vec:
    """Centre of mass (m, body axes) once `used` kg have left the tank: first moment conserved."""
    left = chaser.mass - used
    return scale(1.0 / left, axpy(-used, chaser.tank, scale(chaser.mass, chaser.com)))


@kernel
def inertia_after(chaser: Chaser, used: float) -> Inertia:
    """Inertia (kg m2, about the centre of mass): the start's, in proportion to the mass (assumed)."""
    k = (chaser.mass - used) / chaser.mass
    a = chaser.inertia
    return (k * a[0], k * a[1], k * a[2], k * a[3], k * a[4], k * a[5])
