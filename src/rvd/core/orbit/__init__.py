"""One body about another: two-body motion, elements, frames, time scales, ephemeris, three bodies."""
