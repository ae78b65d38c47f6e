"""The backup attitude source: bias and white noise of attitude and rate."""

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from rvd.core.kernel import plain
from rvd.core.signals import Key, Tick
from rvd.core.vehicle.backup import EXACT, Backup, measure_backup

Q, RATE, PERIOD = (0.1, -0.2, 0.3, 0.9273618495495703), (0.01, -0.02, 0.005), 0.25
ERRORS = Backup(angle=0.002, angle_bias=(0.01, -0.02, 0.005), walk=1e-4, rate_bias=(1e-4, 0.0, -2e-4))


def readings(backup: Backup, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Turns from the true attitude to those read (rad, body axes), and the rates read less the true one (rad/s)."""
    keys = [Key(5, 2, Tick(number=k, t=0.0, h=PERIOD, second=0, first=False)) for k in range(count)]
    read = [plain(measure_backup)(backup, Q, RATE, PERIOD, key) for key in keys]
    turns = Rotation.from_quat(Q).inv() * Rotation.from_quat([one.q_hill_body for one in read])
    return turns.as_rotvec(), np.array([one.w_body for one in read]) - RATE


def test_without_errors_it_reads_what_is():
    turns, rates = readings(EXACT, 3)
    assert np.abs(turns).max() < 1e-9 and not rates.any()


def test_readings_scatter_about_the_bias():
    """Of 4,000 readings the means within four standard errors, the scatters within 5 %: false alarms 1e-3 or less."""
    turns, rates = readings(ERRORS, 4000)
    for found, bias, sigma in (
        (turns, ERRORS.angle_bias, 0.002),
        (rates, ERRORS.rate_bias, 1e-4 / PERIOD**0.5),
    ):
        assert found.mean(axis=0) == pytest.approx(bias, abs=4.0 * sigma / np.sqrt(4000) + 1e-5 * sigma)
        assert found.std(axis=0) == pytest.approx([sigma] * 3, rel=0.05)
    assert abs(np.corrcoef(turns[:, 0], rates[:, 0])[0, 1]) < 4.0 / np.sqrt(4000)
