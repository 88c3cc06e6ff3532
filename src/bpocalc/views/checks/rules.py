"""The rules of `check`: a list of them, and the page of each, for a terminal and for the documentation."""

from textwrap import fill, indent

from bpocalc.judging import UNMET
from bpocalc.lints.registry import RULES, UNMATCHED
from bpocalc.lints.rule import Rule
from bpocalc.problems import CATALOGUE

WIDTH = 96
OTHERS = {
    UNMATCHED: ("warning", "An acceptance that accepts nothing, or names no rule"),
    UNMET: ("fail", "An expectation that does not hold, or a gate of --fail-if that does"),
}
"""What is no rule that looks at the scenario, and has a code all the same."""


def listing() -> str:
    """All rules, a line each."""
    rows: list[tuple[str, str, str]] = [(rule.code, rule.severity, rule.title) for rule in RULES]
    rows += [(code, *other) for code, other in OTHERS.items()]
    return "".join(f"{code}  {severity:7}  {title}\n" for code, severity, title in sorted(rows))


def page(code: str, width: int = WIDTH) -> str:
    """What is to be known of a code, within a width but for its examples; empty for a code that there is not."""
    rule = next((rule for rule in RULES if rule.code == code), None)
    if rule is not None:
        parts = [f"{rule.code} · {rule.severity}: {rule.title}", *_said(rule)]
        wrapped = [fill(part, width, break_on_hyphens=False) for part in parts]
        shown = [f"{head}, at {rule.at}:\n\n{indent(text, '    ')}" for head, text in _examples(rule)]
        return "\n\n".join([*wrapped, *shown]) + "\n"
    known = CATALOGUE | {code: title for code, (_, title) in OTHERS.items()}
    return f"{code}: {known[code]}\n" if code in known else ""


def markdown() -> str:
    """The pages of all rules, as they stand in the documentation."""
    out = []
    for rule in sorted(RULES, key=lambda rule: rule.code):
        shown = [f"{head}, at `{rule.at}`:\n\n```text\n{text}\n```" for head, text in _examples(rule)]
        out.append("\n\n".join([f"### {rule.code}", f"{rule.title} ({rule.severity}).", *_said(rule), *shown]))
    return "\n\n".join(out)


def _said(rule: Rule) -> list[str]:
    parts = [rule.reason, f"Source: {rule.source}." if rule.source else "", f"Cure: {rule.cure}."]
    return [part for part in parts if part]


def _examples(rule: Rule) -> list[tuple[str, str]]:
    return [("What it objects to", rule.bad), ("What it lets pass", rule.good)]
