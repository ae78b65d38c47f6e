"""All that flies: compiled, pure functions of numbers. It imports NumPy and Numba, and nothing else of the stack."""
