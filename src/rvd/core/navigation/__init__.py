"""What the flight software believes: a relative-state filter, an attitude filter, and the belief they publish."""
