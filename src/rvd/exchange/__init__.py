"""Other people's files and ours: what they hold, as arrays."""
