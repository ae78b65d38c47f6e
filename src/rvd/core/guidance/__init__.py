"""Guidance: the leg table, what ends a leg, and one law a file."""
