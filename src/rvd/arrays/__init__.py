"""NumPy faces of the kernels: they broadcast over leading axes and check what they are given."""
