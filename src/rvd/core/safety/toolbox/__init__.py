"""Safety to judge with: kernels of numbers behind `rvd.safety`, state first; NaN where an answer does not exist."""
