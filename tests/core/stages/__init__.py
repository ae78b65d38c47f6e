"""Every stage of a flight with arguments of the size it has there, to be called compiled and in plain Python."""
