"""`bpocalc check`: are scenario files valid, and what in them deserves doubt."""

from typing import Annotated

import typer

FORMATS = ("text", "concise", "json", "github", "sarif", "junit", "markdown")


def check(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE...", help="Scenario files, directories or patterns; - is standard input."),
    ] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="ADDRESS=VALUE", help="Replace a value in every file; may be repeated."),
    ] = None,
    rates: Annotated[
        list[str] | None,
        typer.Option(metavar="FILE", help="Take wages and rates from this rate card; may be repeated."),
    ] = None,
    fail_if: Annotated[
        list[str] | None,
        typer.Option(metavar="EXPR", help="Fail if this holds, such as 'care.manila.npv_saving < 0'; may be repeated."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings of the rules fail as errors do.")] = False,
    compute: Annotated[
        bool, typer.Option("--compute", help="Compute every scenario, for the rules that look at results.")
    ] = False,
    max_age: Annotated[
        str | None, typer.Option(metavar="AGE", help="Warn of figures older at the start, such as 24 months.")
    ] = None,
    min_grade: Annotated[
        str | None, typer.Option(metavar="GRADE", help="Warn of reference figures of a lower grade, such as A.")
    ] = None,
    growth: Annotated[
        bool, typer.Option("--growth", help="Show by how much each kind of money grows on both sides, and exit.")
    ] = False,
    list_rules: Annotated[bool, typer.Option("--list-rules", help="List the rules and exit.")] = False,
    explain: Annotated[
        str | None, typer.Option(metavar="CODE", help="Explain a rule, such as BPO106, and exit.")
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="FORMAT", help=f"Format on stdout: {', '.join(FORMATS)}."),
    ] = None,
    output: Annotated[
        list[str] | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write to this file too, format by its suffix; may be repeated."
        ),
    ] = None,
    workers: Annotated[
        str | None, typer.Option("--workers", "-j", metavar="N", help="Check by so many processes at once.")
    ] = None,
) -> None:
    """Check whether scenario files are valid, complete and plausible: made for continuous integration."""
    from bpocalc.cli.check_settings import Given
    from bpocalc.cli.run_check import about_rules, run_check, show_growth

    if list_rules or explain is not None:
        about_rules(explain)
        return
    given = Given(tuple(set_ or ()), tuple(rates or ()), tuple(fail_if or ()), max_age, min_grade, compute, strict)
    if growth:
        show_growth(files or [], given)
        return
    run_check(files or [], given, format_, output or [], workers)
