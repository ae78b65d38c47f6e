"""Flight: the drivers that fly one row, what they need, and what they log."""
