"""Writes the generated parts of the documentation, from the program itself, and compiles the reference figures.

    python docs/generate.py             rewrite what is stale
    python docs/generate.py --check     change nothing; exit with 1 if something is stale

A generated part stands between `<!-- generated: begin NAME -->` and `<!-- generated: end -->`; NAME is a key of PARTS.
"""

import importlib
import inspect
import io
import os
import pkgutil
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import chdir, redirect_stdout
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple, get_args
from unittest.mock import patch

from bpocalc import arbitrage, bridge, comparison, decision, metrics, mixes, model, paybacks, streams
from bpocalc.about import Line
from bpocalc.cli.app import run as run_command
from bpocalc.cli.exit import MEANINGS
from bpocalc.document import Map, read
from bpocalc.lints.registry import RULES
from bpocalc.locations import COMPILED, location_keys
from bpocalc.locations.compiling import compiled, document
from bpocalc.model.book import LineFunction
from bpocalc.model.run import run
from bpocalc.notation import write
from bpocalc.overlay import lay_over
from bpocalc.problems import CATALOGUE, Invalid, show, show_all
from bpocalc.scenario.charges import SHORT_FORMS
from bpocalc.scenario.decision import RuleName, rule_of
from bpocalc.scenario.declared import fields_of
from bpocalc.scenario.fields import Each, In
from bpocalc.scenario.figures import is_share
from bpocalc.scenario.function import PROCESSES
from bpocalc.scenario.loading import Loaded, load
from bpocalc.scenario.parts import Part
from bpocalc.scenario.scenario import Scenario
from bpocalc.schema import rendered
from bpocalc.schema.described import field_docs, inside, parts_in, summary
from bpocalc.schema.scenario import schema
from bpocalc.views.checks.rules import markdown

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
SCHEMA = ROOT / "scenarios" / "scenario.schema.json"
PICTURE = "bpocalc compare scenarios/customer-support.yaml"
REFERENCE = ROOT / "src" / "bpocalc" / "locations" / COMPILED
COLUMNS = 80
LONGEST_FORMULA = 160
BLOCK = re.compile(r"(<!-- generated: begin ([a-z-]+) -->\n).*?(<!-- generated: end -->)", re.DOTALL)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(
        "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in line) + " |" for line in lines
    )


def slug(heading: str) -> str:
    """The anchor that a heading gets: small letters, digits, hyphens."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def link(heading: str) -> str:
    """A link to a heading of the same page."""
    return f"[{heading}](#{slug(heading)})"


# The scenario language: every section and every field, with the docstring that stands below it.


class Section(NamedTuple):
    """One section of the scenario, and the places at which it may stand."""

    part: type[Part]
    heading: str
    places: list[str]


def heading_of(part: type[Part]) -> str:
    """The heading of a section: the name of its part in words, or the kind of charge that it is."""
    kind = fields_of(part).get("kind")
    if kind:
        return f"Charge {kind.words[0]}"
    return re.sub(r"(?<=.)([A-Z])", lambda found: f" {found[0].lower()}", part.__name__)


@cache
def sections() -> list[Section]:
    """All sections, each where it is met first, its bases before it."""
    found: dict[type[Part], Section] = {}

    def meet(part: type[Part], place: str) -> None:
        if part in found:
            found[part].places.append(place)
            return
        found[part] = Section(part, heading_of(part), [place])
        for key, field in fields_of(part).items():
            path = f"{place}.{key}".lstrip(".") + {"map": ".*", "list": "[]"}.get(field.kind, "")
            for one in dict.fromkeys(parts_in(field.type)):
                meet(one, path)

    meet(Scenario, "")
    out: list[Section] = []
    for section in found.values():
        for base in section.part.__mro__[::-1]:
            heirs = sum(issubclass(part, base) for part in found)
            bare = base is not Part and issubclass(base, Part) and base not in found
            if bare and heirs > 1 and all(base is not known.part for known in out):
                out.append(Section(base, heading_of(base), []))
        out.append(section)
    return out


def takes(part: type[Part], key: str) -> str:
    """What a field takes, with its unit and bounds."""
    field = fields_of(part)[key]
    figure = next((mark for mark in inside(field.type) if isinstance(mark, In | Each)), None)
    below = [next(s.heading for s in sections() if s.part is one) for one in dict.fromkeys(parts_in(field.type))]
    if isinstance(figure, Each):
        many = f"list of {figure.length}" if figure.length else "map of names and figures"
        many = "list" if figure.any_length else many
        return f"{many}, each {_unit(figure.item)}"
    if figure is not None:
        return _unit(figure)
    if below:
        held = ", ".join(map(link, below))
        return {"map": f"named sections: {held}", "list": f"list of sections: {held}"}.get(field.kind, held)
    if field.words:
        return " or ".join(f"`{word}`" for word in field.words)
    words = {"flag": "`true` or `false`", "number": "whole number", "map": "map of names", "list": "list of names"}
    words["names"] = "name, or list of names"
    return words.get(field.kind, "text")


def _unit(figure: In) -> str:
    share = is_share(figure.unit)
    bounds = [("≥", figure.ge), (">", figure.gt), ("≤", figure.le)]
    shown = [f"{sign} {x * 100:,g} %" if share else f"{sign} {x:,g}" for sign, x in bounds if x is not None]
    forms = [("yearly steps", figure.steps), ("list of all months", figure.monthly)]
    return ", ".join([f"**{figure.unit}**", *shown, *(word for word, taken in forms if taken)])


def if_missing(part: type[Part], key: str) -> str:
    """What holds where a field is not written."""
    field = fields_of(part)[key]
    if field.required:
        return "**required**"
    if field.neutral is not None:
        return f"neutral: {field.neutral:g}"
    if isinstance(field.default, bool):
        return f"`{str(field.default).lower()}`"
    return f"`{field.default}`" if isinstance(field.default, str | int) and field.default != "" else "–"


def fields() -> str:
    """The reference of every section and field."""
    known = {section.part: section.heading for section in sections()}
    out = []
    for part, heading, places in sections():
        own = dict(field_docs(part))
        for base in part.__mro__[1:]:
            if issubclass(base, Part) and base is not Part and base not in known:
                own = field_docs(base) | own
        lines = [f"### {heading}", "", summary(part)]
        written = [f"`{place}`" for place in dict.fromkeys(places) if place]
        if written:
            lines += ["", f"At {', '.join(written)}."]
        bases = [known[base] for base in part.__mro__[1:] if base in known]
        if bases:
            lines += ["", f"Besides its own it has the fields of {', '.join(map(link, bases))}."]
        rows = [
            [f"`{key}`", takes(part, key), if_missing(part, key), text] for key, text in own.items() if key != "kind"
        ]
        if rows:
            lines += ["", table(["field", "takes", "if missing", "meaning"], rows)]
        out.append("\n".join(lines))
    return "\n\n".join(out)


def processes() -> str:
    """The known processes."""
    sides = dict.fromkeys(PROCESSES.values())
    rows = [[side, ", ".join(f"`{p}`" for p in PROCESSES if PROCESSES[p] == side)] for side in sides]
    return table(["side", "processes"], rows)


def short_forms() -> str:
    """What the short form of a charge stands for."""
    rows = [
        [f"`price: …, per: {word}`", "`" + ", ".join(f"{key}: {value}" for key, value in form.items()) + "`"]
        for word, form in SHORT_FORMS.items()
    ]
    return table(["short form", "stands for one charge with"], rows)


RULE_FIGURES = ("saving_at_least", "capped_at")


def rules() -> str:
    """The decision rules that are known."""
    rows = []
    for name in get_args(RuleName):
        rule = rule_of(name)
        share, cap = (str(rule.figures[key]["value"]) if key in rule.figures else "" for key in RULE_FIGURES)
        asked = f"{share} of `{rule.of}`{f', at most {cap}' if cap else ''}" if share else ""
        asked = asked or ("your own" if rule.at_tie else "more than nothing")
        source = f"{rule.source}; {rule.edition}" if rule.published else "–"
        rows.append([f"`{name}`", rule.title, asked, "passes" if rule.at_tie else "fails", source])
    return table(["rule", "title", "saving required", "exactly that", "modelled on"], rows)


# The model: every line function, with the formula that one of the scenarios remembers for it.


def line_modules() -> list[ModuleType]:
    """All modules with lines: those of the model first, then those of the comparison."""
    names = [info.name for info in pkgutil.iter_modules(model.__path__, f"{model.__name__}.")]
    results = [streams, metrics, paybacks, decision, comparison, mixes, bridge, arbitrage]
    return [*(importlib.import_module(name) for name in names), *results]


def lines_in(module: ModuleType) -> list[LineFunction[Any]]:
    """The line functions of a module, in its order."""
    found = [value for value in vars(module).values() if isinstance(value, LineFunction)]
    return [value for value in found if value.function.__module__ == module.__name__]


SNIPPET = re.compile(r"^```yaml ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@cache
def sample() -> Loaded:
    """The case of docs/scenario.md: the whole one there, with every further piece laid over it at its address."""
    text = (ROOT / "docs" / "scenario.md").read_text("utf-8")
    whole = Map()
    for address, piece in SNIPPET.findall(text):
        keys = address.split(".") if address not in ("", "scenario") else []
        lines = [f"{'  ' * depth}{key}:" for depth, key in enumerate(keys)]
        lines += ["  " * len(keys) + line for line in piece.splitlines()]
        doc, problems = read("\n".join(lines), f"scenario.md, {address or 'at the top'}")
        assert not problems, show(problems[0], "\n".join(lines))
        whole = lay_over(whole, doc)
    try:
        return load(whole, {})
    except Invalid as invalid:
        raise AssertionError(show_all(invalid)) from None


@cache
def formulas() -> dict[str, str]:
    """For the label of a line its address and formula in the sample case."""
    made = run(sample())
    arbitrage.complete(comparison.compare(made).bridges)
    found: dict[str, str] = {}
    for address, entry in made.book.entries.items():
        q = entry.quantity
        assert isinstance(q.about, Line)
        if q.args and q.about.label not in found:
            found[q.about.label] = f"{address} = {write(q)}"
    return found


def lines_of(modules: Sequence[ModuleType]) -> str:
    """The lines of some modules, each under the module's own words."""
    out = []
    for module in modules:
        rows = []
        for function in lines_in(module):
            label, _, more = inspect.cleandoc(function.__doc__ or "").partition("\n")
            said = [f"{label} {more}".strip()]
            formula = formulas().get(function.label, "")
            if 0 < len(formula) <= LONGEST_FORMULA:
                said.append(f"`{formula}`")
            rows.append([f"`{function.name}`", function.unit or "–", function.category or "–", "<br>".join(said)])
        if rows:
            title = module.__name__.rpartition(".")[2].replace("_", " ").capitalize()
            heads = ["line", "unit", "category", "what it is, and its formula in the case of scenario.md"]
            out.append(f"### {title}\n\n{inspect.cleandoc(module.__doc__ or '')}\n\n{table(heads, rows)}")
    return "\n\n".join(out)


def model_lines() -> str:
    """The lines of the model."""
    return lines_of([module for module in line_modules() if module.__name__.startswith(f"{model.__name__}.")])


def result_lines() -> str:
    """The lines of the comparison."""
    return lines_of([module for module in line_modules() if not module.__name__.startswith(f"{model.__name__}.")])


# Problems, the command line, pictures.


def problems() -> str:
    """The catalogue of problem codes, each with the shortest example that names a cure."""
    texts = [path.read_text("utf-8").rstrip() for path in sorted((ROOT / "tests" / "problems").glob("*.txt"))]
    alone = [text for text in texts if text.rsplit("\n", 1)[-1].startswith("1 problem ")]
    out = []
    for code, said in CATALOGUE.items():
        examples = [text.rpartition("\n")[0] for text in alone if f" {code}: " in text.partition("\n")[0]]
        best = min(
            examples, key=lambda text: ("\n" not in text, " = " not in text, text[:1] == "-", len(text)), default=""
        )
        out.append(f"### {code}\n\n{said[0].upper()}{said[1:]}." + (f"\n\n```text\n{best}\n```" if best else ""))
    return "\n\n".join(out)


def rule_list() -> str:
    """The rules of `check`, a line each."""
    rows = [f"[{rule.code}](#{rule.code.lower()})" for rule in RULES]
    return table(
        ["rule", "severity", "title"], [[row, r.severity, r.title] for row, r in zip(rows, RULES, strict=True)]
    )


def rule_pages() -> str:
    """The page of every rule of `check`."""
    return markdown()


def output_of(command: str) -> str:
    """What a command prints into a pipe on a screen of COLUMNS columns, run in the folder of the README."""
    screen = io.StringIO()
    plain = {
        key: value for key, value in os.environ.items() if key not in ("FORCE_COLOR", "NO_COLOR", "GITHUB_ACTIONS")
    }
    with chdir(ROOT), redirect_stdout(screen), patch.dict(os.environ, plain | {"COLUMNS": str(COLUMNS)}, clear=True):
        code = run_command(command.split()[1:])
    assert code == 0, f"{command} ended with {code}"
    return screen.getvalue().rstrip()


def shown(command: str) -> Callable[[], str]:
    """A command as it is typed, with what it prints."""
    return lambda: f"```text\n$ {command}\n{output_of(command)}\n```"


def minimal() -> str:
    """The smallest scenario."""
    return f"```yaml\n{(ROOT / 'scenarios' / 'minimal.yaml').read_text('utf-8').rstrip()}\n```"


def exit_codes() -> str:
    """The exit codes."""
    return table(["code", "meaning"], [[f"`{code.value}`", meaning] for code, meaning in MEANINGS.items()])


# Reference figures.


data = cache(document)


def places() -> str:
    """The locations, with what is known of each."""
    rows = []
    for key in sorted(location_keys()):
        place = data(f"{key}.yaml")
        wages, growth, charges = place.get("wages", {}), place.get("wage_growth"), place.get("burden", {})
        known = "broad groups" if "professionals" in wages else f"{len(wages)} role{'s' * (len(wages) > 1)}"
        asked = len(place.get("optional", {}).get("burden", {}))
        rows.append([
            f"`{key}`", place["name"], place["currency"], known if wages else "none",
            ", ".join(f"`{name}` {_rate(part)}" for name, part in charges.items()) or "none",
            str(asked) if asked else "–",
            f"{growth['value']} ({growth['as_of']}, {growth['grade']})" if growth else "–",
        ])  # fmt: skip
    heads = ["key", "location", "currency", "wages", "employer charges, share of pay", "more on request"]
    return table([*heads, "wage growth a year"], rows)


BOUNDS = {"above": "above", "up_to": "up to", "if_pay_above": "for pay above", "if_pay_up_to": "for pay up to"}


def _rate(part: Map) -> str:
    bounds = [f" {word} {part[key]}" for key, word in BOUNDS.items() if key in part]
    return f"{part['value']}{''.join(bounds)} ({part['grade']})"


def wages() -> str:
    """The pay of every role at every location that tells roles apart."""
    keys = [
        key for key in sorted(location_keys()) if {*data(f"{key}.yaml").get("wages", {})} & data("roles.yaml").keys()
    ]
    there = {key: data(f"{key}.yaml")["wages"] for key in keys}
    rows = [
        [f"`{role}`", about["title"], about["group"], *(_pay(there[key].get(role)) for key in keys)]
        for role, about in data("roles.yaml").items()
    ]
    dates = {key: min(wage["as_of"] for wage in there[key].values()) for key in keys}
    return table(["role", "title", "group", *(f"{key}, {dates[key]}" for key in keys)], rows)


def groups() -> str:
    """The pay of each broad group of occupations at every location that knows no more."""
    names = ("clerical_support", "technicians", "professionals")
    found = {key: data(f"{key}.yaml").get("wages", {}) for key in sorted(location_keys())}
    rows = [
        [f"`{key}`", *(_pay(wages.get(name)) for name in names), wages[names[0]]["as_of"]]
        for key, wages in found.items()
        if names[0] in wages
    ]
    return table(["location", *names, "as of"], rows)


def _pay(figure: Map | None) -> str:
    if figure is None:
        return "–"
    places = 0 if isinstance(figure["value"], int) else 2
    return f"{figure['value']:,.{places}f} {figure['unit']} {figure['grade']}"


def rates() -> str:
    """The exchange rates."""
    rows = [
        [code, str(rate["value"]), rate["as_of"], rate["grade"], rate["covers"]]
        for code, rate in data("fx.yaml")["per_euro"].items()
    ]
    return table(["currency", "units for one euro", "as of", "grade", "covers"], rows)


def sources() -> str:
    """The publications that figures are taken from, with their licences."""
    rows = []
    for about in data("sources.yaml").values():
        title = f"[{about['title']}]({about['url']})" if "url" in about else about["title"]
        rows.append(
            [about["publisher"], title, about["licence"], about["how"].replace("_", " "), about.get("note", "")]
        )
    return table(["publisher", "publication", "licence", "read as", "note"], rows)


PARTS: dict[str, Callable[[], str]] = {
    "picture": shown(PICTURE),
    "minimal": minimal,
    "options": shown("bpocalc compare --help"),
    "check-picture": shown("bpocalc check scenarios/minimal.yaml"),
    "check-options": shown("bpocalc check --help"),
    "exit-codes": exit_codes,
    "fields": fields,
    "processes": processes,
    "short-forms": short_forms,
    "rules": rules,
    "model-lines": model_lines,
    "result-lines": result_lines,
    "problems": problems,
    "rule-list": rule_list,
    "rule-pages": rule_pages,
    "locations": places,
    "wages": wages,
    "groups": groups,
    "rates": rates,
    "sources": sources,
}


def fresh(text: str) -> str:
    """A page with its generated parts as they should be."""
    return BLOCK.sub(lambda found: f"{found[1]}{PARTS[found[2]]()}\n{found[3]}", text)


def stale() -> dict[Path, str]:
    """The pages and files that are not as they should be, with what they should be; files first."""
    texts = {page: page.read_text("utf-8") for page in PAGES}
    found = {page: made for page, text in texts.items() if (made := fresh(text)) != text}
    files = {REFERENCE: compiled(), SCHEMA: rendered(schema())}
    lost = {path: made for path, made in files.items() if not path.exists() or path.read_text("utf-8") != made}
    return lost | found


def update() -> list[Path]:
    """Rewrite the stale pages."""
    found = stale()
    for page, text in found.items():
        page.write_text(text, encoding="utf-8")
    return list(found)


def main(args: list[str]) -> int:
    """Rewrite or check; 1 where something is stale."""
    names = [str(page.relative_to(ROOT)) for page in (stale() if "--check" in args else update())]
    word = "stale, refresh with python docs/generate.py" if "--check" in args else "rewritten"
    sys.stdout.write("".join(f"{name}: {word}\n" for name in names))
    return int("--check" in args and bool(names))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
