"""What a law of your own is written with is what `rvd.guidance` shows."""

import numba

from rvd import guidance


def test_its_functions_are_called_by_a_law_in_compiled_code():
    @guidance.own_law(speed="m/s")
    def outward(leg, now, speed=0.1):
        return guidance.track((now, 0.0, 0.0), (speed, 0.0, 0.0), over=now > 600.0)

    asked = numba.njit(lambda now: outward(0, now, 0.5))(700.0)
    assert asked.translate == 1.0 and asked.r_hill == (700.0, 0.0, 0.0) and asked.over == 1.0
    assert guidance.coast().translate == 0.0 and guidance.gain((1.0, 0.0, 0.0)).dv_hill == (1.0, 0.0, 0.0)
