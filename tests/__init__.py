"""The tests; their folders mirror `src/rvd` file for file."""
