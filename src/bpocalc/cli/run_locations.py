"""What `bpocalc locations` does: find what is asked for in the reference data, render, write."""

from bpocalc.cli.exit import Code, Stop
from bpocalc.cli.locations import FORMATS
from bpocalc.cli.output import print_result, screen, write_files
from bpocalc.cli.reading import check_word, format_of
from bpocalc.locations import edition, location_keys, roles
from bpocalc.locations.listing import Entry, entries, search, wage_of
from bpocalc.problems import did_you_mean, nearest, printable
from bpocalc.views.locations import Shown, render

SUFFIXES = {".md": "markdown", ".markdown": "markdown", ".csv": "csv", ".json": "json", ".txt": "text"}


def run_locations(key: str | None, role: str | None, format_: str | None, outputs: list[str], *, sources: bool) -> None:
    """List what there is, of a location or a role where one is named; Stop where there is nothing."""
    formats = [format_of(path, format_, SUFFIXES) for path in outputs] or ["text" if format_ is None else format_]
    for name in formats:
        check_word("--format", name, FORMATS)
    if sources and role is not None:
        raise Stop(Code.USAGE, "bpocalc: --sources lists publications: leave --role out")
    keys = sorted(location_keys()) if key is None else search(key)
    if key is not None and not keys:
        raise Stop(Code.USAGE, f"bpocalc: {_no_location(key)}")
    found = [entry for one in keys for entry in entries(one)] if role is None else _pay(role, keys)
    shown = Shown(tuple(keys), tuple(found), role, len(keys) == 1 or role is not None, sources=sources)
    if outputs:
        made = {name: render(shown, name, None) for name in dict.fromkeys(formats)}
        write_files([(path, made[name]) for path, name in zip(outputs, formats, strict=True)], [])
    else:
        print_result(render(shown, formats[0], screen().width))


def _pay(role: str, keys: list[str]) -> list[Entry]:
    """The pay of a role at each location that has one; Stop where none has."""
    if role not in roles():
        raise Stop(Code.USAGE, f"bpocalc: '{printable(role)}' is no known role: {did_you_mean(role, roles())}")
    found = [entry for key in keys if (entry := wage_of(key, role)) is not None]
    if not found:
        about = edition()["locations"][keys[0]]
        place = about["name"] if len(keys) == 1 else "these locations"
        said = f"there is no citable wage for {role} in {place}. Write your own into the scenario, an hour's pay:"
        figure = f'{{value: … {about["currency"]}, source: "…", as_of: 2026-11}}'
        lines = f"\nlocations:\n  {keys[0]}: {{wages: {{{role}: {figure}}}}}"
        raise Stop(Code.INVALID, f"bpocalc: {said}{lines}")
    return found


def _no_location(key: str) -> str:
    """That there are no figures for a location, what may have been meant, and the lines to write."""
    names = {about["name"]: one for one, about in edition()["locations"].items()}
    near = nearest(key, [*names, *names.values()])
    meant = f"did you mean '{names.get(near, near)}'? " if near else ""
    figure = '{value: …, source: "…", as_of: 2026-11}'
    lines = f"\nlocations:\n  XX: {{title: {printable(key)}, burden: {figure}, wages: {{accountant: {figure}}}}}"
    said = f"there are no figures for '{printable(key)}'. {meant}"
    return f"{said}Write your own into the scenario, with their source:{lines}"
