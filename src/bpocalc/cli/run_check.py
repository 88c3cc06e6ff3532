"""What `bpocalc check` does: gather files, check each of them, tell what was found, file by file."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from bpocalc.about import Place
from bpocalc.checking import Checked, Settings, check_text
from bpocalc.cli.check import FORMATS
from bpocalc.cli.exit import Code, Stop
from bpocalc.cli.gather import gather
from bpocalc.cli.output import print_result, read_bytes, why_unread
from bpocalc.cli.reading import check_overrides, check_word
from bpocalc.judging import Gate, gates_of
from bpocalc.lints.registry import RULES
from bpocalc.lints.subject import Limits
from bpocalc.problems import CATALOGUE, Problem, did_you_mean, show
from bpocalc.scenario.expression import Misread, parse
from bpocalc.timeline import MONTHS
from bpocalc.views.checks.text import CONCISE, TEXT
from bpocalc.views.checks.view import NOTHING, View

AGE = re.compile(r"(\d{1,4})\s*(months?|years?|m|y)?")
VIEWS: dict[str, View] = {"text": TEXT, "concise": CONCISE}


class Given(NamedTuple):
    """What is asked of every file, as it was written on the command line."""

    overrides: tuple[str, ...]
    fail_if: tuple[str, ...]
    max_age: str | None
    min_grade: str | None
    compute: bool


def run_check(words: list[str], given: Given, format_: str | None, *, strict: bool) -> None:
    """Check scenario files and tell what was found; ends with Stop where something is wrong with them."""
    name = format_ or "text"
    check_word("--format", name, FORMATS)
    settings = settings_of(given)
    if not words:
        raise Stop(Code.USAGE, "bpocalc: nothing to check: name scenario files, directories or patterns")
    if words.count("-") > 1:
        raise Stop(Code.USAGE, "bpocalc: standard input can be read only once: give - once")
    view, tally, said = VIEWS[name], NOTHING, False
    print_result(view.head)
    for checked in all_checked(words, settings):
        tally = tally.with_file(checked)
        if piece := view.file(checked):
            print_result((view.between if said else "") + piece)
            said = True
    print_result(view.tail(tally))
    if code := code_of(tally.counts, strict=strict):
        raise Stop(code, "")


def settings_of(given: Given) -> Settings:
    """What is asked of every file; Stop for what cannot be understood."""
    check_overrides(list(given.overrides))
    gates = tuple(gates_of(given.fail_if))
    for gate in gates:
        check_gate(gate)
    return Settings(given.overrides, limits_of(given), gates, given.compute)


def check_gate(gate: Gate) -> None:
    """The gate is an expression that can be understood; else a Stop."""
    try:
        parse(gate.text)
    except Misread as wrong:
        place = Place(gate.name, 1, wrong.start + 1, max(1, wrong.end - wrong.start))
        said = show(Problem("BPO040", wrong.message, place, wrong.hint), gate.text)
        raise Stop(Code.USAGE, said) from None


def limits_of(given: Given) -> Limits:
    """The bounds that are asked for; Stop for what is none."""
    age = AGE.fullmatch(given.max_age.strip()) if given.max_age is not None else None
    if given.max_age is not None and age is None:
        said = f"'{given.max_age}' is no age: write it as 24 months or 2 years"
        raise Stop(Code.USAGE, f"bpocalc: --max-age {said}")
    if given.min_grade is not None:
        from bpocalc.references import GRADES

        check_word("--min-grade", given.min_grade, GRADES)
    months = int(age[1]) * (MONTHS if (age[2] or "")[:1] == "y" else 1) if age else None
    return Limits(months, given.min_grade or "")


def about_rules(code: str | None) -> None:
    """Print the page of a rule, or the list of all; Stop for a code that there is not."""
    from bpocalc.views.checks.rules import listing, page

    if code is None:
        print_result(listing())
    elif text := page(code.upper()):
        print_result(text)
    else:
        known = did_you_mean(code.upper(), {rule.code for rule in RULES} | CATALOGUE.keys())
        raise Stop(Code.USAGE, f"bpocalc: there is no rule '{code}': {known}")


def all_checked(words: list[str], settings: Settings) -> Iterator[Checked]:
    """Every file as it was found, in the order in which they are named."""
    for path, why in gather(words).items():
        yield Checked(path, failed=why) if why else check_path(path, settings)


def check_path(path: str, settings: Settings) -> Checked:
    """One file as it was found, or why it cannot be read."""
    try:
        data = read_bytes(path)
    except OSError as error:
        return Checked(path, failed=why_unread(error))
    return check_text(data, "<stdin>" if path == "-" else path, settings)


def code_of(counts: Counter[str], *, strict: bool) -> Code:
    """How the command ends: what cannot be read weighs most, then what is wrong, then what does not hold."""
    if counts["unreadable"]:
        return Code.FAILED
    if counts["error"] or (strict and counts["warning"]):
        return Code.INVALID
    return Code.UNMET if counts["fail"] else Code.FINE
