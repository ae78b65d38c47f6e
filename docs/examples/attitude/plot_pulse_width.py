"""
From a command to pulses
========================

A pulse-width modulator keeps what it owes, so that small commands are not lost.
"""

import matplotlib.pyplot as plt
import numpy as np

import rvd

t = np.arange(0.0, 120.0, 1.0)
asked, full, owed, on = 2e-3 * np.sin(2 * np.pi * t / 120.0), 0.01, 0.0, []
for a in asked:
    pulse, owed = rvd.guidance.feedback.pulse_width(a, full, 1.0, 0.1, owed)
    on.append(float(pulse))

figure, (top, below) = plt.subplots(2, 1, figsize=(6.5, 4.2), sharex=True, layout="constrained")
top.step(t, on, where="post")
top.set(ylabel="on-time (s)")
below.plot(t, np.cumsum(asked), label="asked")
below.step(t, full * np.cumsum(on), where="post", label="given")
below.set(xlabel="time (s)", ylabel="speed (m/s)")
below.legend()
plt.show()
