"""Rate cards: figures of one's own by location and role, from CSV or YAML, which go before the reference data.

A row says location, role, metric, value, unit and, where it is known, period, source and note. What is wrong in any row
is told with its line, whether a scenario asks for the row or not.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from bpocalc.about import Place
from bpocalc.document import Map, Origin, Seq, decode, read_value
from bpocalc.locations import ALL, PAY, Card, RateCard, Term
from bpocalc.problems import Problem, did_you_mean, lines_of

COLUMNS = ("location", "role", "metric", "value", "unit", "period", "source", "note")
NEEDED = ("location", "metric", "value", "unit")
RATES = {"%": "%", "1/year": "", "per year": "", "share": "", "share of pay": ""}
"""Units of a share, each with what is written behind the number."""
METRICS = ("wage", "wage_growth", "burden", "attrition", "paid_hours")
"""What a row can say."""
MONEY = re.compile(r"[A-Z]{3}/(hour|month|year)")
NUMBER = re.compile(r"[-+]?[0-9]+(_[0-9]+)*(\.[0-9]+)?([eE][-+]?[0-9]+)?%?")
DECIMAL_COMMA = re.compile(r"[-+]?[0-9]+,[0-9]+%?")
THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2}[.,][0-9]{3}%?")
FORMULA = re.compile(r"=|[-+@][^0-9.,]")
CELL = re.compile(r'\s*"((?:[^"]|"")*)"\s*|([^"]*)')
PERIOD = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
SEPARATOR = re.compile(r"sep=[,;\t]")
"""What some spreadsheets write above the first line."""
MOST_ROWS = 20_000


class Cell(NamedTuple):
    """What stands in a column of a row, and where."""

    text: str
    place: Place


Row = dict[str, Cell]


class Known(NamedTuple):
    """The names that a card may use."""

    locations: Collection[str]
    roles: Collection[str]


def read_card(data: bytes, file: str, known: Known, problems: list[Problem]) -> tuple[Card, str]:
    """What a card says, and its text; what is wrong with it is added to the problems."""
    text, wrong = decode(data, file)
    problems.extend(wrong)
    made: dict[tuple[str, str], dict[str, Term]] = {}
    rows = _from_yaml if file.lower().endswith((".yaml", ".yml")) else _from_csv
    for number, row in enumerate(rows(text, file, problems) if not wrong else (), 1):
        if number > MOST_ROWS:
            place = next(iter(row.values())).place
            problems.append(Problem("BPO010", f"a rate card has at most {MOST_ROWS:,} rows", place))
            break
        if (term := _term(row, known, problems)) is not None:
            role = row["role"].text if "role" in row else ""
            _keep(term, made.setdefault((row["location"].text, role), {}), problems)
    return made, text


def over(upper: Card, lower: Card) -> Card:
    """Two cards as one; what the upper one says goes before what the lower one says."""
    made = {key: dict(terms) for key, terms in lower.items()}
    for key, terms in upper.items():
        mine = made.setdefault(key, {})
        for field, term in terms.items():
            if (old := _same(mine, field)) is not None:
                del mine[old.field]
            mine[field] = term
    return made


def _same(mine: Mapping[str, Term], field: str) -> Term | None:
    """What says the same as a field; a wage and a salary both say what is paid."""
    return mine.get(field) or next((mine[other] for other in PAY if field in PAY and other in mine), None)


def _keep(term: Term, mine: dict[str, Term], problems: list[Problem]) -> None:
    """Add what a row says, unless another row has said it."""
    old = _same(mine, term.field)
    if old is None:
        mine[term.field] = term
        return
    place, line, first = term.origin.value, term.origin.value_line, old.origin.value_line
    if old.node["value"] == term.node["value"]:
        said = f"line {line} says the same as line {first}"
        problems.append(Problem("BPO031", said, place, "keep one of the two", "warning"))
    else:
        said = f"line {first} says {old.node['value']}, line {line} says {term.node['value']}"
        problems.append(Problem("BPO031", said, place, "keep one of the two"))


def _term(row: Row, known: Known, problems: list[Problem]) -> Term | None:
    """What a row says; None where it is wrong."""
    wrong = list(_wrong_names(row, known)) or list(_wrong_values(row))
    problems.extend(wrong)
    written = None if wrong else _written(row["metric"].text, row["value"].text, row["unit"].text)
    return None if written is None else Term(written[0], *_figure(*written, row))


def _wrong_names(row: Row, known: Known) -> Iterator[Problem]:
    """A formula, a missing cell, a name that is not known."""
    for cell in row.values():
        if FORMULA.match(cell.text):
            yield Problem("BPO033", f"'{cell.text}' is a formula", cell.place, "write its value")
            return
    place = next(iter(row.values())).place
    for name in NEEDED:
        if name not in row:
            code, hint = ("BPO032", _units(row)) if name == "unit" else ("BPO004", "")
            yield Problem(code, f"the row has no '{name}'", place, hint)
    names: tuple[tuple[str, str, str, Collection[str]], ...] = (
        ("metric", "BPO017", "nothing that a rate card says", METRICS),
        ("location", "BPO012", "no known location", known.locations),
        ("role", "BPO013", "no known role", known.roles),
    )
    for column, code, what, words in names:
        if column in row and row[column].text not in words:
            word, at = row[column]
            yield Problem(code, f"'{word}' is {what}", at, did_you_mean(word, words))


def _wrong_values(row: Row) -> Iterator[Problem]:
    """A wage of nobody, a value that is no number, a unit that does not fit, a period that is no date."""
    metric, value, unit = row["metric"].text, row["value"], row["unit"]
    if metric == "wage" and "role" not in row:
        yield Problem("BPO004", "a wage needs a 'role'", row["metric"].place)
    if not NUMBER.fullmatch(value.text):
        commas = "the decimal sign is a point, and no comma separates thousands"
        hint = commas if "," in value.text else "write a number"
        yield Problem("BPO016", f"'{value.text}' is not a number", value.place, hint)
    if _written(metric, value.text, unit.text) is None:
        yield Problem("BPO032", f"'{unit.text}' is no unit for {metric}", unit.place, _units(row))
    if "period" in row and not PERIOD.fullmatch(row["period"].text):
        said = f"the period '{row['period'].text}' is not a year, month or day"
        yield Problem("BPO016", said, row["period"].place, "write it as 2026-09")


def _written(metric: str, value: str, unit: str) -> tuple[str, str] | None:
    """The field that a row fills, and its value with a unit as a scenario would write it; None for a wrong unit."""
    if metric == "wage":
        if not MONEY.fullmatch(unit):
            return None
        money, _, period = unit.partition("/")
        return ("wage", f"{value} {money}") if period == "hour" else ("salary", f"{value} {unit}")
    if metric == "paid_hours":
        return (metric, value) if unit == "hours/year" else None
    if unit not in RATES or (unit == "1/year" and metric == "burden"):
        return None
    return metric, value if value.endswith("%") else value + RATES[unit]


def _units(row: Row) -> str:
    metric = row["metric"].text if "metric" in row else ""
    units = {"paid_hours": "hours/year", "burden": "share of pay", "wage": "PHP/hour, PHP/month or PHP/year"}
    return f"write {units.get(metric, '%, per year')}" if metric in METRICS else ""


def _figure(field: str, text: str, row: Row) -> tuple[RateCard, Origin]:
    where, role = row["location"].text, row["role"].text if "role" in row else ALL
    place = row["value"].place
    at = Origin(f"rates.{where}.{role}.{field}", *place, *place[1:])
    items: dict[str, Any] = {"value": text}
    items |= {
        name: row[key].text for name, key in (("source", "source"), ("as_of", "period"), ("note", "note")) if key in row
    }
    origins = dict.fromkeys(items, at)
    return RateCard(items, origins, at), at


# CSV


def _from_csv(text: str, file: str, problems: list[Problem]) -> Iterator[Row]:
    """The rows of a table whose first line names the columns; cells are parted by commas, semicolons or tabs."""
    lines = [(number, line) for number, line in enumerate(lines_of(text), 1) if line.strip(" ,;\t")]
    if lines and SEPARATOR.fullmatch(lines[0][1]):
        del lines[0]
    if not lines:
        problems.append(
            Problem("BPO019", "the rate card is empty", Place(file, 1, 1, 1), f"begin with {','.join(COLUMNS)}")
        )
        return
    number, first = lines[0]
    parted = max(",;\t", key=first.count)
    heads = _cells(first, number, parted, file, problems)
    names = [cell.text.lower().replace(" ", "_") for cell in heads]
    if not heads or _wrong_heads(names, heads, problems):
        return
    for number, line in lines[1:]:
        cells = _cells(line, number, parted, file, problems)
        if len(cells) > len(heads):
            said = f"the row has {len(cells)} cells, the first line names {len(heads)}"
            problems.append(
                Problem("BPO034", said, cells[len(heads)].place, 'put a text with commas in quotes: "a, b"')
            )
            continue
        row = {name: cell for name, cell in zip(names, cells, strict=False) if cell.text}
        if "value" in row and parted != ",":
            row["value"] = _point(row["value"], problems)
        if row:
            yield row


def _point(value: Cell, problems: list[Problem]) -> Cell:
    """A number of a table whose cells no comma parts: its decimal sign may be a comma, and its point part thousands."""
    if THOUSANDS.fullmatch(value.text):
        whole = value.text.replace(".", "").replace(",", "")
        said = f"'{value.text}' may mean {value.text.replace(',', '.')} or {whole}"
        problems.append(Problem("BPO016", said, value.place, f"write {whole} for the second"))
    return value._replace(text=value.text.replace(",", ".")) if DECIMAL_COMMA.fullmatch(value.text) else value


def _wrong_heads(names: list[str], heads: list[Cell], problems: list[Problem]) -> bool:
    before = len(problems)
    for name, head in zip(names, heads, strict=True):
        if name not in COLUMNS:
            hint = did_you_mean(name, COLUMNS)
            problems.append(Problem("BPO034", f"'{head.text}' is no column of a rate card", head.place, hint))
        elif names.index(name) != heads.index(head):
            problems.append(Problem("BPO034", f"the column '{head.text}' is there twice", head.place))
    missing = [name for name in NEEDED if name not in names] if len(problems) == before else []
    if missing:
        hint = f"the first line names the columns: {','.join(COLUMNS)}"
        said = f"there is no column {' or '.join(repr(name) for name in missing)}"
        problems.append(Problem("BPO034", said, heads[0].place, hint))
    return len(problems) > before


def _cells(line: str, number: int, parted: str, file: str, problems: list[Problem]) -> list[Cell]:
    """The cells of a line, each with its place; text in quotes may hold what parts cells."""
    made: list[Cell] = []
    start = 0
    while start <= len(line):
        found = CELL.match(line, start) if line[start:].lstrip().startswith('"') else None
        stop = line.find(parted, found.end() if found and found[1] is not None else start)
        stop = len(line) if stop < 0 else stop
        raw = line[start:stop]
        place = Place(file, number, start + 1 + len(raw) - len(raw.lstrip()), max(1, len(raw.strip())))
        if found and found[1] is not None and not line[found.end() : stop].strip():
            text = found[1].replace('""', '"')
        else:
            text = raw.strip()
            if text.startswith('"'):
                problems.append(Problem("BPO034", "a quote is not closed in its line", place, "close it"))
                return []
        made.append(Cell(text.strip(), place))
        start = stop + 1
    return made


# YAML


def _from_yaml(text: str, file: str, problems: list[Problem]) -> Iterator[Row]:
    """The rows of a list of mappings, which may stand under `rates`."""
    value, wrong = read_value(text, file)
    problems.extend(wrong)
    if isinstance(value, Map) and list(value) == ["rates"]:
        value = value["rates"]
    if not isinstance(value, Seq) or not all(isinstance(item, Map) for item in value):
        if not wrong:
            hint = "write  - {location: PH, role: accountant, metric: wage, value: 40_000, unit: PHP/month}"
            problems.append(Problem("BPO034", "a rate card is a list of rows", Place(file, 1, 1, 1), hint))
        return
    for item in value:
        row = {}
        for name, cell in item.items():
            origin = item.origin[name]
            if name not in COLUMNS:
                hint = did_you_mean(name, COLUMNS)
                problems.append(Problem("BPO034", f"'{name}' is no column of a rate card", origin.key, hint))
            elif isinstance(cell, Map | Seq | bool):
                problems.append(Problem("BPO005", f"{name} is one word or number", origin.value))
            elif cell is not None and str(cell).strip():
                row[name] = Cell(str(cell).strip(), origin.value)
        if row:
            yield row
