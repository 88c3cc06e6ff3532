"""What `bpocalc init` does: print or write one of the templates, or list them."""

import sys
from importlib.resources import files
from pathlib import Path
from shlex import quote
from textwrap import fill

from bpocalc.cli.exit import Code, Stop
from bpocalc.cli.init import TEMPLATES
from bpocalc.cli.output import print_result, screen, write_files
from bpocalc.cli.reading import check_word

WIDEST = 1000
"""Columns where there is no screen: a line for each template."""
INDENT = 2 + max(map(len, TEMPLATES)) + 2


def run_init(template: str, output: str | None, *, list_only: bool) -> None:
    """Print a template, or write it to a file that does not exist yet; ends with Stop where that cannot be done."""
    if list_only:
        print_result("".join(f"{_listed(name)}\n" for name in TEMPLATES))
        return
    check_word("TEMPLATE", template, TEMPLATES)
    text = text_of(template)
    if output is None:
        print_result(text)
        return
    if Path(output).exists() or Path(output).is_symlink():
        raise Stop(Code.FAILED, f"bpocalc: {output} exists: init never overwrites a file")
    write_files([(output, text)], [])
    print(f"next: bpocalc compare {quote(output)}", file=sys.stderr)


def text_of(template: str) -> str:
    """The text of a template."""
    return (files("bpocalc") / "templates" / f"{template}.yaml").read_text("utf-8")


def _listed(template: str) -> str:
    """A template with what it is about, its first comment."""
    _, about, *_ = text_of(template).splitlines()
    said = about.removeprefix("# ").partition(": ")[2]
    head = f"  {template}".ljust(INDENT)
    return fill(said, screen().width or WIDEST, initial_indent=head, subsequent_indent=" " * INDENT)
