"""Navigation to build with: kernels of numbers behind `rvd.navigation`, state first; NaN where no answer exists."""
