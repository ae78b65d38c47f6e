"""Figures of relative motion on your own Matplotlib axes: functions of an `Axes` and of arrays, nothing of a case.

Places are hill-frame arrays in m, of shape (..., 3): x radially outward, y along track, z along the orbit normal. What
is drawn stays in m. `vbar_rbar` chooses the plane, the directions and the unit of the labels; the other functions draw
in the plane that it chose, or in V-bar and R-bar. On a 3-D Axes the same functions draw in space.

Colours and sizes follow the Matplotlib style in use: lines take the next colour of the cycle, limits and marks the
colour of the axes' own text. `style` sets the sizes of a printed column and embeds the fonts.
"""

from typing import TYPE_CHECKING

__all__ = [
    "box",
    "burns",
    "cone",
    "ellipses",
    "ellipsoid",
    "envelope",
    "holds",
    "port",
    "speed",
    "sphere",
    "style",
    "time_ticks",
    "trajectory",
    "tube",
    "vbar_rbar",
]

if TYPE_CHECKING:
    from rvd.plot.dispersion import ellipses, tube
    from rvd.plot.looks import style
    from rvd.plot.marks import holds, port
    from rvd.plot.paths import burns, time_ticks, trajectory
    from rvd.plot.planes import vbar_rbar
    from rvd.plot.shapes import box, cone, ellipsoid, sphere
    from rvd.plot.speeds import envelope, speed
else:
    from rvd.lazy import loader

    __getattr__ = loader(
        __name__,
        {
            name: f"rvd.plot.{module}:{name}"
            for module, names in {
                "dispersion": ("ellipses", "tube"),
                "looks": ("style",),
                "marks": ("holds", "port"),
                "paths": ("burns", "time_ticks", "trajectory"),
                "planes": ("vbar_rbar",),
                "shapes": ("box", "cone", "ellipsoid", "sphere"),
                "speeds": ("envelope", "speed"),
            }.items()
            for name in names
        },
    )


def __dir__() -> list[str]:
    return sorted(__all__)
