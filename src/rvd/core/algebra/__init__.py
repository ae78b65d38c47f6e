"""Vectors, rotations, small matrices, elementary functions, random numbers, covariances: kernels only."""
