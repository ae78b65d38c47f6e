"""The lane contract: which stages there are, and how one is flown in a lane loop."""
