"""One self-contained HTML page: verdict, tables and figures; it names no other host and needs no other file."""

from __future__ import annotations

import base64
import html
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rvd.montecarlo.verdict import Finding

from .grid import Grid

CAPTIONS = {
    "outcomes": "How the runs ended, and how costs and margins spread over them against what is required.",
    "corridor": (
        "The approach in the orbit plane: the grapple fixture's path from the berthing point, R-bar down. The nominal "
        "flight is black; of the campaign, failures are drawn first."
    ),
    "speed": "Range and relative speed against time, with the limit at the nominal flight's range.",
    "capture": "The grapple fixture in the capture box during the free drift, and how much of each limit is used.",
    "passive": (
        "A day of drift from many moments of the nominal flight, as if thrust were lost there, and how near each came. "
        "A moment inside the sphere is judged by whether its drift comes back."
    ),
    "navigation": "What navigation believes less what is true, within three sigmas of its own.",
    "consistency": (
        "Whether the filter knows its own error: the square of its error (NEES) and of its innovations (NIS) over what "
        "its covariance says, a number. Above the band it is too sure of itself, below it too cautious."
    ),
}


MOST_TEXT = 200_000
"""Characters of the case that the page shows."""


class Page(NamedTuple):
    """What a page shows: `figures` are PNG files by name, `facts` are pairs of words, `notes` plain sentences."""

    title: str
    lead: str
    findings: Sequence[Finding]
    grids: Sequence[Grid]
    figures: Mapping[str, bytes]
    facts: Sequence[tuple[str, str]]
    notes: Sequence[str]
    case_text: str


def render(page: Page) -> str:
    """The page as HTML."""
    return _TEMPLATE.format(
        title=html.escape(page.title),
        style=_STYLE,
        lead=html.escape(page.lead),
        findings="".join(_finding(f) for f in page.findings) or "<p>The case asks for nothing.</p>",
        notes="".join(f"<p>{html.escape(note)}</p>" for note in page.notes),
        grids="".join(f"<div class='wide'>{grid.html()}</div>" for grid in page.grids),
        figures="".join(_figure(name, data) for name, data in page.figures.items()),
        facts="".join(f"<dt>{html.escape(a)}</dt><dd>{html.escape(b)}</dd>" for a, b in page.facts),
        case=html.escape(_beginning(page.case_text)),
    )


def _beginning(text: str) -> str:
    """A case as the page shows it; a browser opens no page of a hundred megabytes."""
    return text if len(text) <= MOST_TEXT else f"{text[:MOST_TEXT]}\n... the rest stands in case.toml"


def _finding(finding: Finding) -> str:
    judgement = str(finding.judgement)
    kind = judgement.lower().replace(" ", "-")
    rest = finding.sentence.removeprefix(f"{judgement}: ")
    return f"<p class='finding {kind}'><strong>{html.escape(judgement)}</strong> {html.escape(rest)}</p>"


def _figure(name: str, data: bytes) -> str:
    picture = base64.b64encode(data).decode("ascii")
    caption = html.escape(CAPTIONS.get(name, name))
    return (
        f"<figure id='{html.escape(name)}'><img alt='{caption}' src='data:image/png;base64,{picture}'>"
        f"<figcaption>{caption}</figcaption></figure>"
    )


_STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; margin: 0 auto; max-width: 62rem;
       padding: 1.5rem; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; margin: 0 0 .2rem; } h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; }
.lead { font-size: 1.1rem; margin: 0 0 1rem; }
.finding { border-left: .45rem solid #6b6b6b; background: #f4f4f4; margin: .4rem 0; padding: .45rem .8rem; }
.finding.met { border-color: #009E73; } .finding.not-met { border-color: #D55E00; }
.finding.undecided { border-color: #E69F00; }
.wide { overflow-x: auto; margin: 0 0 1.4rem; }
table { border-collapse: collapse; font-size: .88rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { text-align: left; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid #e2e2e2; }
th.number, td.number { text-align: right; }
th, td.number, td:first-child { white-space: nowrap; }
th { border-bottom-color: #888; }
figure { margin: 0 0 2rem; } img { max-width: 100%; height: auto; } figcaption { color: #444; font-size: .92rem; }
dl { display: grid; grid-template-columns: max-content auto; gap: .15rem 1rem; font-size: .9rem; }
dt { color: #555; } dd { margin: 0; overflow-wrap: anywhere; }
pre { overflow-x: auto; background: #f6f6f6; padding: .8rem; font-size: .8rem; line-height: 1.4; }
@media print { details { display: none; } figure { break-inside: avoid; } }
"""

_TEMPLATE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<h1>{title}</h1>
<p class="lead">{lead}</p>
<h2>Verdict</h2>
{findings}
{notes}
<h2>Tables</h2>
{grids}
<h2>Figures</h2>
{figures}
<h2>Where it comes from</h2>
<dl>{facts}</dl>
<details><summary>The case</summary><pre>{case}</pre></details>
</body>
</html>
"""
