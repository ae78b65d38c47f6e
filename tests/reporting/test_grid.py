from html.parser import HTMLParser

from rvd.reporting.grid import NOTHING, Grid, Said

GRID = Grid("Title", ("name", "n"), (("a <b>", "7"), ("longer & name", "1234")), "lr")


class Cells(HTMLParser):
    """Reads a table back: its caption, and its rows of texts."""

    def __init__(self):
        super().__init__()
        self.rows, self.caption, self._in = [], "", ""

    def handle_starttag(self, tag, attrs):
        self._in = tag
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_data(self, data):
        if self._in in ("td", "th"):
            self.rows[-1][-1] += data
        elif self._in == "caption":
            self.caption += data


def test_words_align_left_and_numbers_right():
    title, head, first, second = GRID.text().splitlines()
    assert title == "Title"
    assert head == "  name              n"
    assert first == "  a <b>             7"
    assert second == "  longer & name  1234"


def test_the_html_says_the_same_with_every_sign_meaning_itself():
    reader = Cells()
    reader.feed(GRID.html())
    assert reader.caption == "Title"
    assert reader.rows == [["name", "n"], ["a <b>", "7"], ["longer & name", "1234"]]


def test_a_number_is_read_as_its_text_and_told_as_a_number():
    grid = Grid("t", ("name", "share", "n"), (("a", Said(0.5, "50 %"), 3), ("b", NOTHING, 4)), "lrr")
    assert grid.text().splitlines()[2:] == ["  a      50 %  3", "  b            4"]
    assert "50 %" in grid.html() and "nan" not in grid.html()
    assert grid.records[0] == {"name": "a", "share": 0.5, "n": 3} and grid.records[1]["share"] != 0.0
