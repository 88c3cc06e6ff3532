"""What `bpocalc check` does: gather files, check each of them, tell what was found, file by file."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from bpocalc.checking import Checked, Settings, check_text
from bpocalc.cli.check import FORMATS
from bpocalc.cli.exit import Code, Stop
from bpocalc.cli.gather import gather
from bpocalc.cli.output import print_result, read_bytes, why_unread
from bpocalc.cli.reading import check_overrides, check_word
from bpocalc.views.checks.text import CONCISE, TEXT
from bpocalc.views.checks.view import NOTHING, View

VIEWS: dict[str, View] = {"text": TEXT, "concise": CONCISE}


class Request(NamedTuple):
    """What is asked, as it was written on the command line."""

    format: str | None
    overrides: tuple[str, ...]
    strict: bool


def run_check(words: list[str], request: Request) -> None:
    """Check scenario files and tell what was found; ends with Stop where something is wrong with them."""
    name = request.format or "text"
    check_word("--format", name, FORMATS)
    check_overrides(list(request.overrides))
    if words.count("-") > 1:
        raise Stop(Code.USAGE, "bpocalc: standard input can be read only once: give - once")
    view, tally, said = VIEWS[name], NOTHING, False
    print_result(view.head)
    for checked in all_checked(words, request):
        tally = tally.with_file(checked)
        if piece := view.file(checked):
            print_result((view.between if said else "") + piece)
            said = True
    print_result(view.tail(tally))
    if code := code_of(tally.counts, strict=request.strict):
        raise Stop(code, "")


def all_checked(words: list[str], request: Request) -> Iterator[Checked]:
    """Every file as it was found, in the order in which they are named."""
    settings = Settings(request.overrides)
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
    """How the command ends: what could not be read weighs more than what is wrong."""
    if counts["unreadable"]:
        return Code.FAILED
    return Code.INVALID if counts["error"] or (strict and counts["warning"]) else Code.FINE
