"""`python -m rvd.cli`."""

from . import main

main(prog_name="rvd")
