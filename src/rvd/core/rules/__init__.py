"""Rules: what the truth must keep, each a row of one table."""
