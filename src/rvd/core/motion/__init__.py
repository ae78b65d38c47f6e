"""Relative motion and rigid bodies: one exact model, and the linear models that are checked against it."""
