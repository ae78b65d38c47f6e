"""Report: figures, plain-text tables and one HTML page, from a flight or from a results folder."""
