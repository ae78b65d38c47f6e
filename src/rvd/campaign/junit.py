"""Findings as JUnit XML, which continuous integration shows as tests."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from .verdict import Finding, Judgement


def junit(findings: Sequence[Finding], title: str, seconds: float = 0.0) -> str:
    """One test case a requirement: NOT MET is a failure, UNDECIDED an error, both with their sentence."""
    judgements = [finding.judgement for finding in findings]
    suite = ElementTree.Element(
        "testsuite",
        name=_plain(title),
        tests=str(len(findings)),
        failures=str(judgements.count(Judgement.NOT_MET)),
        errors=str(judgements.count(Judgement.UNDECIDED)),
        time=f"{seconds:.3f}",
    )
    for finding in findings:
        name = _plain(finding.requirement.sentence)
        case = ElementTree.SubElement(suite, "testcase", classname="require", name=name)
        sentence = _plain(finding.sentence)
        if finding.judgement is Judgement.MET:
            ElementTree.SubElement(case, "system-out").text = sentence
        else:
            kind = "failure" if finding.judgement is Judgement.NOT_MET else "error"
            ElementTree.SubElement(case, kind, type=finding.judgement.value, message=sentence)
    ElementTree.indent(suite)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(suite, encoding="unicode") + "\n"


def _plain(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(c if c >= " " else " " for c in text)
