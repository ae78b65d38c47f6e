"""Guidance to plan with: kernels of numbers behind `rvd.guidance`, state first; NaN where an answer does not exist."""
