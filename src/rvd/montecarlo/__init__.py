"""The campaign: draws in, runs flown by number, a verdict out."""
