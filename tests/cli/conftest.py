"""A busy machine is no reason for another line: what is said after two seconds of silence has a test of its own."""

import math

import pytest


@pytest.fixture(autouse=True)
def no_first_word(monkeypatch):
    """Nothing is said for the sake of silence."""
    monkeypatch.setattr("rvd.cli.progress.FIRST_S", math.inf)
