"""Problems: what is wrong with a scenario, where, and what to do about it.

Each problem has a code of the catalogue below; tests/problems holds a file that causes it and its exact text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from itertools import islice
from typing import NamedTuple

from bpocalc.about import Place

CATALOGUE: dict[str, str] = {
    "BPO001": "the file cannot be read as YAML",
    "BPO002": "the file is not UTF-8 text",
    "BPO003": "unknown field",
    "BPO004": "missing field",
    "BPO005": "wrong type",
    "BPO006": "out of bounds",
    "BPO007": "repeated key",
    "BPO008": "tags, merge keys and keys that are not names",
    "BPO009": "several documents in one file",
    "BPO010": "too large: size, depth, nodes, months, functions, entries of a map or list",
    "BPO011": "no exchange rate",
    "BPO012": "unknown location",
    "BPO013": "unknown role",
    "BPO014": "unknown currency",
    "BPO015": "unknown provider",
    "BPO016": "a figure that cannot be understood",
    "BPO017": "unknown word of a fixed list",
    "BPO018": "teams that count each other in a circle",
    "BPO019": "the file is empty",
    "BPO020": "no citable reference figure",
    "BPO021": "figures that contradict each other or lack a companion",
    "BPO022": "after the last month",
    "BPO023": "a name that points at nothing",
    "BPO024": "an override that cannot be made",
    "BPO025": "a topic with two sides of which one is missing",
    "BPO026": "a distance that country and clock contradict",
    "BPO030": "no index to carry a wage to a later time",
    "BPO031": "rows of a rate card that say the same twice, or contradict each other",
    "BPO032": "a row of a rate card without a unit, or with one that does not fit",
    "BPO033": "a formula in a rate card",
    "BPO034": "a rate card that is no table with the known columns",
    "BPO035": "a rate card that is not there",
    "BPO040": "an expectation that cannot be understood",
    "BPO041": "an expectation about a result that there is not",
    "BPO042": "an expectation that does not fit its result",
    "BPO060": "correlations that cannot hold together",
}


ADDRESS = re.compile(r"(?<![^\s'])[^\s']+\.[^\s']+")


class Problem(NamedTuple):
    """One thing that is wrong: a code, a sentence, its place and a hint."""

    code: str
    message: str
    place: Place
    hint: str = ""
    severity: str = "error"


def once(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, in the order of the file; what is used twice, by an alias, has two addresses and one place."""
    found: dict[tuple[Place, str, str], Problem] = {}
    for p in problems:
        found.setdefault((p.place, p.code, ADDRESS.sub("", p.message)), p)
    return sorted(found.values(), key=lambda p: p.place[:3])


class Invalid(Exception):
    """A scenario could not be loaded; carries all problems found and the texts they point into."""

    def __init__(self, problems: Iterable[Problem], sources: Mapping[str, str]) -> None:
        self.problems = once(problems)
        self.sources = sources
        super().__init__(f"{len(self.problems)} problems")


MOST_NAMES = 1000
"""Known words compared at most; a file of a stranger may hold any number of them."""


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was most likely meant; empty if none is near."""
    folded = {name.lower().replace("-", "_"): name for name in known}
    found = get_close_matches(word.lower().replace("-", "_"), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else ""


def misspelt(keys: Collection[str], known: Collection[str], name: str) -> str:
    """The unknown key by which this one, which is not there, was most likely meant; empty if there is none."""
    strange = [key for key in keys if key not in known]
    if not strange:
        return ""
    missing = [word for word in known if word not in keys]
    return next((key for key in strange if nearest(key, missing) == name), "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint with the nearest word, or else with the words there are."""
    names = sorted(islice(known, MOST_NAMES))
    if near := nearest(word, names):
        return f"did you mean '{near}'?"
    if not names:
        return ""
    shown = ", ".join(names[:12])
    return f"known here: {shown}{', …' if len(names) > 12 else ''}"


WINDOW = 100
"""Characters of a line shown at most; a longer one is cut around the caret."""
LONGEST = 400
"""Characters of a sentence shown at most; a longer one repeats a very long value and is cut in its middle."""
BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")


def lines_of(text: str) -> list[str]:
    """The lines of a text, parted where YAML parts them."""
    return text.split("\n") if text.isascii() and "\r" not in text else BREAK.split(text)


def printable(text: str) -> str:
    """A sentence that may repeat what stands in a file, without its control characters and of bounded length."""
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]} … {text[-LONGEST // 2 :]}"
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def show(problem: Problem, text: str) -> str:
    """The problem as compilers print it: position and sentence, the line itself, a caret, a hint."""
    return _shown(problem, lines_of(text))


def headline(problem: Problem) -> str:
    """Position, severity, code and sentence of a problem."""
    at = problem.place
    return f"{at.file}:{at.line}:{at.column}: {problem.severity} {problem.code}: {printable(problem.message)}"


def excerpt(problem: Problem, lines: list[str]) -> list[str]:
    """What stands below the headline: the line itself, a caret, a hint, as far as there are any."""
    at = problem.place
    margin = " " * len(str(at.line))
    out = []
    if at.line <= len(lines) and lines[at.line - 1].strip():
        source = lines[at.line - 1]
        start = max(0, at.column - 1 - WINDOW // 2) if len(source) > WINDOW else 0
        width = max(1, min(at.width, len(source) - at.column + 1, WINDOW))
        lead, tail = "…" if start else "", "…" if len(source) > start + WINDOW else ""
        shown = source[start : start + WINDOW]
        if not shown.isprintable():
            shown = "".join(c if c.isprintable() else " " for c in shown)
        out.append(f"{at.line} | {lead}{shown}{tail}")
        out.append(f"{margin} | {' ' * (at.column - 1 - start + len(lead))}{'^' * width}")
    if problem.hint:
        out.append(f"{margin} = {printable(problem.hint)}")
    return out


def _shown(problem: Problem, lines: list[str]) -> str:
    return "\n".join([headline(problem), *excerpt(problem, lines)])


def show_all(invalid: Invalid) -> str:
    """All problems in file order, and a closing line that counts them."""
    lines = {file: lines_of(text) for file, text in invalid.sources.items()}
    shown = [_shown(p, lines.get(p.place.file, [])) for p in invalid.problems]
    count = len(invalid.problems)
    files = " and ".join(sorted({p.place.file for p in invalid.problems}))
    return "\n".join([*shown, f"{count} problem{'' if count == 1 else 's'} in {files}"])
