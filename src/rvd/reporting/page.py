"""One self-contained HTML page: verdict, tables and figures; it names no other host and needs no other file."""

from __future__ import annotations

import base64
import html
import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rvd.montecarlo.verdict import Finding

from .grid import Grid
from .panels import Panel
from .scene import Scene

CAPTIONS = {
    "outcomes": "How the runs ended, and how everything that is required spreads over them against its limit.",
    "corridor": (
        "The approach from the side, R-bar down, and across the plane of the orbit: the path of the {point} from the "
        "{origin}. The nominal flight is black; of the campaign, failures are drawn first. Across the plane "
        "three sigma of the runs that reached the goal are shaded; only what is flown beside a panel is shown in it."
    ),
    "speed": "Range and relative speed against time, with the limit at that range; and speed against distance.",
    "capture": "The grapple fixture in the capture box during the free drift, and how much of each limit is used.",
    "contact": (
        "Where the docking rings touch, on the axes of the target's port, and how much of each limit the contact uses; "
        "the closing speed has a lower limit too."
    ),
    "passive": (
        "A day of drift from many moments of the nominal flight, as if thrust were lost there: the worst path of each "
        "class, and how near every one came. "
        "A moment inside the sphere is judged by whether its drift comes back."
    ),
    "navigation": (
        "What navigation believes less what is true, beside three sigmas of its own and the spread of the runs; on the "
        "right the end, enlarged."
    ),
    "consistency": (
        "Whether the filter knows its own error: the square of its error (NEES) and of its innovations (NIS) over what "
        "its covariance says, a number. Above the band it is too sure of itself, below it too cautious."
    ),
}
"""What stands below each figure, by its name; `captions` puts in what of the chaser is led where."""


def captions(scene: Scene) -> dict[str, str]:
    """What stands below each figure, in the words of the case."""
    return {name: text.format(point=scene.point, origin=scene.origin) for name, text in CAPTIONS.items()}


MOST_TEXT = 200_000
"""Characters of the case that the page shows."""


SMALLEST = 9.0
"""The least height of letters in a figure, px of the page."""

LETTERS = 8.0
"""The height of the smallest letters as figures are drawn, pt."""


class Page(NamedTuple):
    """What a page shows: `figures` are PNG files by name, `facts` are pairs of words, `notes` plain sentences.

    `line` says when and by which command; `failed` are the tables of what failed, `panels` the parts of each figure
    for narrow screens, `captions` what stands below it; `broken` are the tables of rules that were broken.
    """

    title: str
    lead: str
    findings: Sequence[Finding]
    grids: Sequence[Grid]
    figures: Mapping[str, bytes]
    facts: Sequence[tuple[str, str]]
    notes: Sequence[str]
    case_text: str
    line: Sequence[str] = ()
    failed: Sequence[Grid] = ()
    panels: Mapping[str, Sequence[Panel]] = {}
    captions: Mapping[str, str] = {}
    broken: Sequence[Grid] = ()


def render(page: Page) -> str:
    """The page as HTML."""
    sections = [section for section in _sections(page) if section[2]]
    return _TEMPLATE.format(
        title=html.escape(page.title),
        style=_STYLE,
        lead=html.escape(page.lead),
        line="".join(f"<p class='line'>{_said(words)}</p>" for words in page.line),
        contents="".join(
            f"<li><a href='#{name}'>{html.escape(title)}</a></li>" for name, title, _ in sections
        ),
        sections="".join(
            f"<section id='{name}'><h2>{html.escape(title)}</h2>{body}</section>"
            for name, title, body in sections
        ),
    )


def _sections(page: Page) -> list[tuple[str, str, str]]:
    """Identifier, title and HTML of each part of the page; one without HTML has nothing to say."""
    findings = "".join(_finding(f) for f in page.findings) or "<p>The case asks for nothing.</p>"
    notes = "".join(f"<p>{html.escape(note)}</p>" for note in page.notes)
    facts = "".join(f"<dt>{html.escape(a)}</dt><dd>{html.escape(b)}</dd>" for a, b in page.facts)
    case = html.escape(_beginning(page.case_text))
    return [
        ("verdict", "Verdict", findings + notes),
        ("failed", "What failed, and how to fly it again", _tables(page.failed)),
        ("rules", "Which rules were broken, whatever became of the run", _tables(page.broken)),
        ("tables", "Tables", _tables(page.grids)),
        (
            "figures",
            "Figures",
            "".join(
                _figure(name, data, page.captions.get(name, name), page.panels.get(name, ()))
                for name, data in page.figures.items()
            ),
        ),
        ("origin", "Where it comes from", f"<dl>{facts}</dl>"),
        ("case", "The case", f"<details><summary>case.toml</summary><pre>{case}</pre></details>"),
    ]


def _tables(grids: Sequence[Grid]) -> str:
    return "".join(f"<div class='wide' tabindex='0'>{grid.html()}</div>" for grid in grids)


def _said(words: str) -> str:
    """Words in which what stands between backticks is code."""
    parts = html.escape(words).split("`")
    return "".join(f"<code>{part}</code>" if k % 2 else part for k, part in enumerate(parts))


def _beginning(text: str) -> str:
    """A case as the page shows it; a browser opens no page of a hundred megabytes."""
    return text if len(text) <= MOST_TEXT else f"{text[:MOST_TEXT]}\n... the rest stands in case.toml"


def _finding(finding: Finding) -> str:
    judgement = str(finding.judgement)
    kind = judgement.lower().replace(" ", "-")
    rest = finding.sentence.removeprefix(f"{judgement}: ")
    return f"<p class='finding {kind}'><strong>{html.escape(judgement)}</strong> {html.escape(rest)}</p>"


def _figure(name: str, data: bytes, words: str, panels: Sequence[Panel] = ()) -> str:
    """A figure; where it has panels they stand below one another on a narrow screen, in place of the whole."""
    caption = html.escape(words)
    kind = "whole" if panels else "only"
    parts = "".join(
        f"<div class='scroll'>{_picture(one.picture, '', _least(one.width))}</div>" for one in panels
    )
    return (
        f"<figure id='{html.escape(name)}'><div class='scroll {kind}'>{_picture(data, caption)}</div>"
        + (f"<div class='panels'>{parts}</div>" if parts else "")
        + f"<figcaption>{caption}</figcaption></figure>"
    )


def _picture(data: bytes, words: str, style: str = "") -> str:
    picture = base64.b64encode(data).decode("ascii")
    return f"<img alt='{words}'{style} src='data:image/png;base64,{picture}'>"


def _least(width: float) -> str:
    """The width below which a picture is not shrunk, so that its letters stay readable, from how wide it was drawn."""
    return f" style='min-width:{math.ceil(width * 72.0 * SMALLEST / LETTERS)}px'"


_STYLE = """
:root { color-scheme: light dark; --ink: #1a1a1a; --soft: #555; --paper: #fff; --pale: #f4f4f4; --line: #e2e2e2;
        --strong: #888; --link: #0b5cad; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e6e6; --soft: #b0b0b0; --paper: #16181c; --pale: #22252b; --line: #363a42; --strong: #888;
          --link: #7fb8ff; }
}
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 0 auto;
       max-width: 78rem; padding: 1.5rem; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; margin: 0 0 .2rem; } h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; }
a { color: var(--link); }
p { max-width: 62rem; }
.lead { font-size: 1.1rem; margin: 0 0 .6rem; }
.line { color: var(--soft); font-size: .9rem; margin: 0 0 .2rem; }
code { font: .92em ui-monospace, monospace; background: var(--pale); padding: .05em .3em; border-radius: .2em; }
nav ul { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; list-style: none; padding: 0; margin: .8rem 0 0; }
.finding { border-left: .45rem solid #6b6b6b; background: var(--pale); margin: .4rem 0; padding: .45rem .8rem; }
.finding.met { border-color: #009E73; } .finding.not-met { border-color: #D55E00; }
.finding.undecided { border-color: #E69F00; }
.wide { overflow-x: auto; margin: 0 0 1.4rem; }
table { border-collapse: collapse; font-size: .88rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { text-align: left; vertical-align: top; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid var(--line);
         overflow-wrap: break-word; }
th.number, td.number { text-align: right; }
td.number { white-space: nowrap; }
th { border-bottom-color: var(--strong); }
figure { margin: 0 0 2rem; max-width: 66rem; } img { display: block; max-width: 100%; height: auto; background: #fff; }
.scroll { overflow-x: auto; }
.panels { display: none; }
figcaption { color: var(--soft); font-size: .92rem; margin-top: .4rem; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .15rem 1rem; font-size: .9rem; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
pre { overflow-x: auto; background: var(--pale); padding: .8rem; font-size: .8rem; line-height: 1.4; }
@media screen and (max-width: 50rem) {
  body { padding: .8rem; }
  .whole { display: none; } .panels { display: block; } .panels .scroll { margin-bottom: .6rem; }
  table, caption, tbody, td { display: block; } thead { display: none; }
  tr { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: .08rem 1rem; padding: .35rem 0;
       border-bottom: 1px solid var(--strong); }
  td, td.number { display: grid; grid-template-columns: minmax(0, 5.2rem) minmax(0, 1fr); gap: .5rem; text-align: left;
                  white-space: normal; border: 0; padding: 0; }
  td:not(.number) { grid-column: 1 / -1; grid-template-columns: minmax(0, 6.4rem) minmax(0, 1fr); }
  td:first-child { font-weight: 600; }
  td::before { content: attr(data-head); color: var(--soft); font-weight: 400; }
  td:empty { display: none; }
  dl { grid-template-columns: minmax(0, 1fr); } dd { margin-bottom: .4rem; }
}
@media print { details, nav { display: none; } figure, tr { break-inside: avoid; } }
"""

_TEMPLATE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<header>
<h1>{title}</h1>
<p class="lead">{lead}</p>
{line}
<nav aria-label="Contents"><ul>{contents}</ul></nav>
</header>
<main>
{sections}
</main>
</body>
</html>
"""
