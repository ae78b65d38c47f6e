import pytest

from rvd.case import load
from rvd.case.build import build
from tests.case.small import HTV, small


@pytest.fixture(scope="module")
def htv():
    return build(load(HTV))


@pytest.fixture
def built(tmp_path):
    return build(small(tmp_path))
