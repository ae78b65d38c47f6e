import pytest

from rvd.case import load
from rvd.case.build import build
from rvd.errors import CaseError
from tests.case.small import save


def test_a_nozzle_file_with_a_missing_column_is_said(tmp_path):
    path = save(tmp_path)
    nozzles = tmp_path / "nozzles.csv"
    nozzles.write_text(nozzles.read_text().replace("thrust_n", "thrust"))
    with pytest.raises(CaseError) as caught:
        build(load(path))
    assert caught.value.file == str(nozzles) and caught.value.line > 0
    assert caught.value.key == "thrust_n" and "the column is missing" in str(caught.value)
    assert "the header is name,string,kind" in caught.value.remedy
