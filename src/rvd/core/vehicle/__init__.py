"""What flies: mass, drag, nozzles, sensors of the chaser, and the station it comes to."""
