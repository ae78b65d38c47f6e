import pytest

from rvd.spreadsheet import lines_of, number_in


@pytest.mark.parametrize(
    "text", ["a,b\n1,2\n", "a;b\n1;2", "a\tb\r\n1\t2\n", "sep=;\na;b\n1;2", '"SEP=,"\na,b\n1,2']
)
def test_the_first_line_says_which_separator_there_is(text):
    assert [cells for _, cells in lines_of(text)] == [["a", "b"], ["1", "2"]]


def test_comments_and_empty_lines_are_counted_and_left_out():
    assert list(lines_of("# x\n\n a , b \n  # y; z\n1,2")) == [(3, ["a", "b"]), (5, ["1", "2"])]


def test_what_holds_a_separator_stands_in_quotes():
    assert list(lines_of('a,b\n1,"x, y"')) == [(1, ["a", "b"]), (2, ["1", "x, y"])]


@pytest.mark.parametrize(("cell", "value"), [("4.3", 4.3), ("4,3", 4.3), ("-1e3", -1000.0), ("7", 7.0)])
def test_a_number_has_a_point_or_a_comma(cell, value):
    assert number_in(cell) == value


@pytest.mark.parametrize("cell", ["1.000,5", "1,000,5", "", "x", "1,5x"])
def test_what_could_be_read_in_two_ways_is_no_number(cell):
    with pytest.raises(ValueError):
        number_in(cell)
