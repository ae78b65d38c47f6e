"""rvd: will this chaser be captured by this target, how surely, and if not, why?"""

__version__ = "0.1.0"
