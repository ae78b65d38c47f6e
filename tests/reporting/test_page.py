import base64
import re
from html.parser import HTMLParser

from rvd.case.requirement import Requirement
from rvd.montecarlo.verdict import verdict
from rvd.reporting.page import Page, captions, render
from rvd.reporting.panels import Panel
from rvd.reporting.tables import outcomes_grid
from tests.reporting.synthetic import SCENE, made_up_table

TABLE = made_up_table()
PICTURE = b"\x89PNG not really"


def page(**changes) -> str:
    findings = verdict(
        TABLE, [Requirement("captured", at_least=0.9973), Requirement("captured", at_least=0.5)]
    )
    whole = Page(
        "A <case> & more", "Captured some.", findings, [outcomes_grid(TABLE)], {"corridor": PICTURE},
        [("seed", "7")], ["Runs are missing."], 'title = "A <case>"', captions=captions(SCENE),
    )  # fmt: skip
    return render(whole._replace(**changes))


class Tags(HTMLParser):
    """Checks that what opens closes, and keeps every address."""

    def __init__(self):
        super().__init__()
        self.open, self.addresses, self.text = [], [], ""

    def handle_starttag(self, tag, attrs):
        if tag not in ("meta", "img", "link"):
            self.open.append(tag)
        self.addresses += [value for name, value in attrs if name in ("src", "href")]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def read(text: str) -> Tags:
    tags = Tags()
    tags.feed(text)
    assert not tags.open
    return tags


def test_the_page_needs_nothing_but_itself():
    tags = read(page())
    inside = [address for address in tags.addresses if not address.startswith(("#", "data:"))]
    assert not inside and not re.search(r"https?://|@import|url\(", page())
    pictures = [address for address in tags.addresses if address.startswith("data:image/png;base64,")]
    assert [base64.b64decode(address.partition(",")[2]) for address in pictures] == [PICTURE]


def test_the_contents_lead_to_every_part_that_has_something_to_say():
    whole = page(line=["Begun today. Flown by `rvd campaign a.toml`"])
    links = [address[1:] for address in read(whole).addresses if address.startswith("#")]
    assert links == ["verdict", "tables", "figures", "origin", "case"]
    assert all(whole.count(f"<section id='{name}'>") == 1 for name in links)
    assert "<code>rvd campaign a.toml</code>" in whole
    failing = page(failed=[outcomes_grid(TABLE)])
    assert "#failed" in read(failing).addresses and "#rules" not in read(failing).addresses
    broken = read(page(broken=[outcomes_grid(TABLE)]))
    assert "#rules" in broken.addresses and "whatever became of the run" in broken.text


def test_a_narrow_screen_is_shown_the_panels_no_smaller_than_their_letters_allow():
    text = page(panels={"corridor": [Panel(b"left", 4.0), Panel(b"right", 5.0)]})
    pictures = [a for a in read(text).addresses if a.startswith("data:image")]
    assert len(pictures) == 3
    # Letters of 8 pt on 4 in, shown 324 px wide, are 9 px high.
    assert "min-width:324px" in text and "min-width:405px" in text
    assert "class='scroll whole'" in text and "class='scroll only'" in page()


def test_every_cell_names_its_column_for_screens_where_a_row_is_a_card():
    grid = outcomes_grid(TABLE)
    text = page()
    for head in grid.heads:
        assert text.count(f"data-head='{head}'") == len(grid.rows)


def test_colours_follow_the_reader_s_choice_of_dark_or_light():
    assert "prefers-color-scheme: dark" in page()


def test_it_says_verdict_tables_notes_facts_and_the_case():
    text = read(page()).text
    for wanted in (
        "A <case> & more",
        "NOT MET",
        "MET",
        "Runs are missing.",
        "left box",
        "seed",
        'title = "A <case>"',
    ):
        assert wanted in text
    assert captions(SCENE)["corridor"] in text


def test_a_case_of_a_hundred_megabytes_is_shown_by_its_beginning():
    text = page(case_text="# comment\n" * 1_000_000)
    assert len(text) < 300_000 and "the rest stands in case.toml" in text


def test_what_a_user_wrote_is_text():
    text = "<script>alert(1)</script><img src=x onerror=y> $x_{$ &amp; ]]> 'a' \"b\""
    tags = read(page(title=text, lead=text, notes=[text], facts=[(text, text)], case_text=text))
    assert tags.text.count(text) == 7 and all(a.startswith(("data:", "#")) for a in tags.addresses)


def test_a_case_that_requires_nothing_says_so():
    assert "The case asks for nothing." in read(page(findings=[])).text
