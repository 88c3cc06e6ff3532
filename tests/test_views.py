"""What `bpocalc compare` shows: golden files, the same figures in every format, every width.

The golden files stand in tests/golden beside the scenario that they render. After a change that is meant,
`BPOCALC_UPDATE=1 python -m pytest tests/test_views.py` writes them anew; read the difference before committing it.
Facts and JSON are kept with ten significant digits, because the last ones differ between machines.
"""

import csv
import io
import json
import os
import re
from collections import defaultdict
from functools import cache
from itertools import pairwise, takewhile
from math import isclose
from pathlib import Path
from typing import Any, get_args

import pytest
from rich.cells import cell_len

from bpocalc.cli.app import run as cli
from bpocalc.comparison import Comparison, compare
from bpocalc.model.run import run
from bpocalc.report import report
from bpocalc.scenario.loading import load_text
from bpocalc.table import By
from bpocalc.views import terminal, text
from bpocalc.views.facts import fact_lines
from bpocalc.views.layout import broken as broken_lines
from bpocalc.views.layout import width

GOLDEN = Path(__file__).parent / "golden"
READINGS: tuple[By, ...] = get_args(By)
WIDTHS = (40, 80, 200)
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
COLUMNS = ["scenario", "case", "function", "option", "category", "line", "month", "date", "year", "amount", "currency"]


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand beside the golden scenario, in an environment that says nothing about the screen."""
    monkeypatch.chdir(GOLDEN)
    for name in ("COLUMNS", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


def shown(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    """Give what the command prints, and nothing else does it print."""
    assert cli(["compare", *args]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


# Golden files


def rounded(value: Any) -> Any:
    """Round every number to ten significant digits."""
    if isinstance(value, float):
        return float(f"{value:.10g}")
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    return [rounded(item) for item in value] if isinstance(value, list) else value


def steady_json(printed: str) -> str:
    """Lay the JSON out in lines, without the version of the program and the facts, which are in the CSV."""
    made = rounded(json.loads(printed))
    made["engine"] = "the version of the program"
    made["facts"] = f"{len(made['facts'])} facts"
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


def steady_csv(printed: str) -> str:
    """Round the amounts of the facts."""
    head, *rows = csv.reader(io.StringIO(printed))
    at = head.index("amount")
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([*row[:at], f"{float(row[at]):.10g}", *row[at + 1 :]] for row in rows)
    return stream.getvalue()


FILES: dict[str, tuple[str, ...]] = {
    "case.txt": (),
    "case.40.txt": (),
    "case.80.txt": (),
    "case.200.txt": (),
    "case.md": ("-f", "markdown"),
    "case.csv": ("-f", "csv"),
    "case.json": ("-f", "json"),
    "case.soft.txt": ("--soft",),
} | {f"case.{by}.txt": ("--by", by) for by in READINGS if by != "summary"}


@pytest.mark.parametrize("name", FILES)
def test_what_is_shown_is_what_the_golden_file_holds(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = name.split(".")[1]
    if columns.isdigit():
        monkeypatch.setenv("COLUMNS", columns)
    found = shown(capsys, "case.yaml", *FILES[name])
    found = {"case.json": steady_json, "case.csv": steady_csv}.get(name, str)(found)
    path = GOLDEN / name
    if os.environ.get("BPOCALC_UPDATE") == "1":
        path.write_text(found, encoding="utf-8", newline="\n")
    assert found == path.read_text(encoding="utf-8")


def test_there_is_no_golden_file_that_nothing_renders() -> None:
    assert {path.name for path in GOLDEN.glob("case.*")} == {*FILES, "case.yaml"}


# Reading what was shown

Shown = dict[tuple[str, int], dict[str, str]]
"""Figures as they are written, by the title of their table and the number of their column, and by their label."""


def label_of(line: str) -> str:
    return line.strip().replace("**", "")


def read_text(printed: str) -> Shown:
    """Read the tables of a text whose options stand side by side."""
    found: Shown = {}
    for block in printed.split("\n\n"):
        lines = [line for line in block.splitlines() if "─" not in line]
        said = [*takewhile(lambda line: not re.search(r"\S\s{2,}\S", line) and not re.match(r"\s{10,}", line), lines)]
        if not said or len(said) == len(lines) or re.match(r"\s{10,}", lines[len(said)]) is None:
            continue
        title, head, rows = said[0], lines[len(said)], lines[len(said) + 1 :]
        count = len(re.split(r"\s{2,}", head.strip()))
        for line in rows:
            label, *cells = re.split(r"\s{2,}", line.strip())
            if len(cells) == count and not line.startswith(" " * 10):
                for number, cell in enumerate(cells):
                    found.setdefault((title.strip(), number), {})[label] = cell
    return found


def read_stacked(printed: str, titles: list[str]) -> dict[tuple[str, str], dict[str, str]]:
    """Read tables of one option each, by the title of the table and the rest of the caption, unit included."""
    found = {}
    for block in re.split(r"\n\n+", printed):
        lines = [re.split(r"\s{2,}", line.strip()) for line in block.splitlines() if "─" not in line]
        above = [*takewhile(lambda parts: len(parts) == 1, lines)]
        caption, label, rows = " ".join(parts[0] for parts in above), "", {}
        for first, *cells in lines[len(above) :]:  # a long label stands on several lines, its figure on the last one
            label = f"{label} {first}".strip()
            if cells:
                rows[label], label = cells[0], ""
        for title in titles:
            if rows and caption.startswith(title):
                found[title, caption.removeprefix(title)] = rows
    return found


def read_markdown(printed: str) -> Shown:
    """Read the tables of a report in Markdown."""
    found: Shown = {}
    title = ""
    for line in printed.splitlines():
        if line.startswith("## "):
            title = line.removeprefix("## ")
        elif line.startswith("| ") and not line.startswith("| ---"):
            label, *cells = [cell.strip() for cell in line.strip("|").split("|")]
            for number, cell in enumerate(cells):
                if label:
                    found.setdefault((title, number), {})[label_of(label)] = cell
    return found


def money(value: float | None, *, signed: bool = False) -> str:
    """Write money as reports do."""
    if value is None:
        return "–"
    digits = f"{abs(value):,.0f}"
    if digits == "0":
        return digits
    return f"−{digits}" if value < 0 else f"+{digits}" if signed else digits


def saving(value: float | None) -> str:
    return money(value, signed=True)


def share(value: float | None) -> str:
    return "–" if value is None else f"{'−' if value < 0 else '+'}{abs(value) * 100:,.1f} %"


def price(value: float | None) -> str:
    return "–" if value is None else f"{value:,.2f}"


def month(value: float | None) -> str:
    return "–" if value is None else f"month {value:.0f}"


ROWS = {
    "total": ("total_cost", money),
    "saving": ("total_saving", saving),
    "of the baseline": ("saving_share", share),
    "of what is avoidable": ("saving_share_of_avoidable", share),
    "NPV of the saving": ("npv_saving", saving),
    "run rate, saving / year": ("run_rate", saving),
    "one-off cost": ("one_off", money),
    "reached in": ("max_exposure_month", month),
    "rate of return / year": ("irr", share),
    "cost per order": ("cost_per_unit", price),
    "cost per FTE and year": ("cost_per_fte", money),
}
PAYBACKS = {
    "pays back (cash)": "payback_cash",
    "pays back (discounted)": "payback_discounted",
    "pays back (static)": "payback_static",
}


def expected(option: dict[str, Any], label: str) -> str:
    """Write the figure of a row as the JSON holds it."""
    metrics = option["metrics"]
    if label in PAYBACKS:
        value = metrics.get(PAYBACKS[label], "")
        if label.endswith("(static)") and isinstance(value, float):
            return f"{value:,.1f} months"
        return "never" if value is None else "–" if value == "" else month(value)
    if label == "maximum exposure":
        value = metrics.get("max_exposure")
        return money(None if value is None else -value)
    if label in ROWS:
        name, write = ROWS[label]
        return write(metrics.get(name))
    if label == "joint volume discount":
        joint = [line["cost"] for line in option["lines"] if ".bundle_discount." in line["address"]]
        return money(sum(joint) if joint else None)
    costs = {item["category"]: item["cost"] for item in option["categories"]}
    return money(costs.get(label))


def groups(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [*data["functions"], data["total"]]


def title_of(group: dict[str, Any]) -> str:
    about = [text.replace("_", " ") for text in (group["process"], group["side"]) if text]
    return f"{group['title']} · {', '.join(about)}" if about else str(group["title"])


# All formats show the same figures


def test_text_and_markdown_show_the_figures_of_the_json(capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(shown(capsys, "case.yaml", "-f", "json"))
    in_text = read_text(shown(capsys, "case.yaml"))
    in_markdown = read_markdown(shown(capsys, "case.yaml", "-f", "markdown"))
    assert in_text == {key: {label: cell for label, cell in rows.items() if cell} for key, rows in in_markdown.items()}
    wanted = {
        (title_of(group), number): option for group in groups(data) for number, option in enumerate(group["options"])
    }
    assert in_text.keys() == wanted.keys()
    for key, rows in in_text.items():
        assert rows == {label: expected(wanted[key], label) for label in rows}
        shown_rows = {*rows} - {"total"} - ROWS.keys() - PAYBACKS.keys() - {"maximum exposure"}
        assert {item["category"] for item in wanted[key]["categories"]} <= shown_rows


def test_the_facts_add_up_to_the_cost_of_every_option_category_line_and_year(
    capsys: pytest.CaptureFixture[str],
) -> None:
    data = json.loads(shown(capsys, "case.yaml", "-f", "json"))
    facts = list(csv.DictReader(io.StringIO(shown(capsys, "case.yaml", "-f", "csv"))))

    def summed(*keys: str) -> dict[tuple[str, ...], float]:
        sums: dict[tuple[str, ...], float] = defaultdict(float)
        for fact in facts:
            sums[tuple(fact[key] for key in keys)] += float(fact["amount"])
        return sums

    by_option, by_category = summed("function", "option"), summed("function", "option", "category")
    by_line, by_year = summed("function", "option", "line"), summed("function", "option", "year")
    for group in data["functions"]:
        for option in group["options"]:
            at = (group["key"], option["key"])
            assert by_option[at] == pytest.approx(option["metrics"]["total_cost"])
            for item in option["categories"]:
                assert by_category[*at, item["category"]] == pytest.approx(item["cost"])
            for item in option["years"]:
                assert by_year[*at, str(item["year"])] == pytest.approx(item["cost"])
            for item in option["lines"]:
                name = item["address"].removeprefix(".".join(at) + ".")
                assert by_line[*at, name] == pytest.approx(item["cost"], abs=1e-9)


def test_the_whole_scenario_is_the_sum_of_its_parts_in_every_reading(capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(shown(capsys, "case.yaml", "-f", "json"))
    costs = {
        (group["key"], option["key"]): option["metrics"]["total_cost"]
        for group in data["functions"]
        for option in group["options"]
    }
    joint = sum(fact["amount"] for fact in data["facts"] if (fact["function"], fact["option"]) == ("total", "mix"))
    base, best, mix = data["total"]["options"]
    assert [option["key"] for option in (base, best, mix)] == ["in_house", "best", "mix"]
    assert {item["function"]: item["option"] for item in data["named_mix"]} == {"desk": "cebu", "ledger": "cebu"}
    assert joint < 0  # both functions go to one provider, who gives a discount on what both pay
    assert base["metrics"]["total_cost"] == pytest.approx(costs["desk", "in_house"] + costs["ledger", "in_house"])
    assert mix["metrics"]["total_cost"] == pytest.approx(costs["desk", "cebu"] + costs["ledger", "cebu"] + joint)
    chosen = data["best_mix"]["options"].items()
    assert best["metrics"]["total_cost"] == pytest.approx(sum(costs[pair] for pair in chosen))


def test_the_years_categories_and_lines_in_text_are_those_of_the_json(capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(shown(capsys, "case.yaml", "-f", "json"))
    years = read_text(shown(capsys, "case.yaml", "--by", "year"))
    categories = read_text(shown(capsys, "case.yaml", "--by", "category"))
    lines = read_text(shown(capsys, "case.yaml", "--by", "line"))
    for group in data["functions"]:
        title = title_of(group)
        for number, option in enumerate(group["options"]):
            for kind, key, write in (
                ("cost by year, nominal", "cost", money),
                ("cost by year, discounted", "discounted", money),
                ("saving by year, nominal", "saving", saving),
                ("saving by year, discounted", "saving_discounted", saving),
            ):
                if key not in option["years"][0]:  # the baseline saves nothing against itself
                    assert write is saving
                    continue
                column = number if write is money else number - 1
                rows = [cell for label, cell in years[f"{title} · {kind}", column].items() if label != "total"]
                assert rows == [write(year[key]) for year in option["years"]]
            for kind, key in (("nominal", "cost"), ("discounted", "discounted")):
                rows_by_name = categories[f"{title} · by category, {kind}", number]
                for item in option["categories"]:
                    assert rows_by_name[item["category"]] == money(item[key])
                lines_by_name = lines[f"{title} · by line, {kind}", number]
                for item in option["lines"]:
                    name = item["address"].removeprefix(f"{group['key']}.{option['key']}.")
                    assert lines_by_name.get(name, "0") == money(item[key])  # lines of nothing are left out


def test_the_months_in_text_are_the_sums_of_the_facts(capsys: pytest.CaptureFixture[str]) -> None:
    facts = list(csv.DictReader(io.StringIO(shown(capsys, "case.yaml", "-f", "csv"))))
    found = read_text(shown(capsys, "case.yaml", "--by", "month"))
    title = "Order desk · order management, front office"
    in_house, cebu = found[f"{title} · cost by month", 0], found[f"{title} · cost by month", 1]
    assert next(iter(in_house)) == "2027-04"
    assert len(in_house) == 18
    sums: dict[str, dict[str, float]] = {"in_house": defaultdict(float), "cebu": defaultdict(float)}
    for fact in facts:
        if fact["function"] == "desk" and fact["option"] in sums:
            sums[fact["option"]][fact["date"]] += float(fact["amount"])
    so_far = 0.0
    for date in in_house:
        base, cost = sums["in_house"][date], sums["cebu"][date]
        so_far += base - cost
        assert (in_house[date], cebu[date]) == (money(base), money(cost))
        assert found[f"{title} · saving by month", 0][date] == saving(base - cost)
        assert found[f"{title} · saving so far", 0][date] == saving(so_far)


def test_the_terminal_shows_the_same_figures_as_the_pipe(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    for by in READINGS:
        monkeypatch.delenv("FORCE_COLOR", raising=False)
        piped = shown(capsys, "case.yaml", "--by", by)
        monkeypatch.setenv("FORCE_COLOR", "1")
        coloured = COLOUR.sub("", shown(capsys, "case.yaml", "--by", by))
        assert coloured.replace("─", "").split() == piped.replace("─", "").split()


# JSON and CSV


def test_the_json_says_what_it_is_and_where_it_comes_from(capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(shown(capsys, "case.yaml", "-f", "json"))
    assert list(data)[:5] == ["format", "version", "engine", "scenario", "currency"]
    assert data["format"] == "bpocalc.comparison"
    assert data["version"] == 1
    assert data["scenario"]["path"] == "case.yaml"
    assert re.fullmatch(r"[0-9a-f]{64}", data["scenario"]["sha256"])
    assert list(data)[-1] == "facts"


def test_every_null_in_the_metrics_has_a_reason_and_nothing_else_has(capsys: pytest.CaptureFixture[str]) -> None:
    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is no JSON")

    data = json.loads(shown(capsys, "case.yaml", "-f", "json"), parse_constant=refuse)
    nulls = 0
    for group in groups(data):
        for option in group["options"]:
            missing = {name for name, value in option["metrics"].items() if value is None}
            assert missing == option["reasons"].keys()
            assert all(option["reasons"].values())
            nulls += len(missing)
    assert nulls > 0


def test_the_same_input_gives_the_same_bytes_from_any_folder(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for format_ in ("json", "csv", "markdown", "text"):
        first = shown(capsys, "case.yaml", "-f", format_)
        assert shown(capsys, "case.yaml", "-f", format_) == first
        with monkeypatch.context() as elsewhere:
            elsewhere.chdir(tmp_path)
            far = shown(capsys, str(GOLDEN / "case.yaml"), "-f", format_)
        assert str(GOLDEN) not in far
        assert far == first


def test_several_files_give_a_list_in_their_order(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text((GOLDEN / "case.yaml").read_text().replace("fixed for the tests", "again"))
    one, two = json.loads(shown(capsys, "case.yaml", str(tmp_path / "other.yaml"), "-f", "json"))
    assert (one["scenario"]["path"], two["scenario"]["path"]) == ("case.yaml", "other.yaml")
    assert one["scenario"]["title"] != two["scenario"]["title"]
    assert one["functions"][0]["options"][0]["metrics"] == two["functions"][0]["options"][0]["metrics"]


def test_several_files_give_one_table_of_facts_and_several_reports(
    capsys: pytest.CaptureFixture[str],
) -> None:
    once, twice = shown(capsys, "case.yaml", "-f", "csv"), shown(capsys, "case.yaml", "case.yaml", "-f", "csv")
    assert len(twice.splitlines()) == 2 * len(once.splitlines()) - 1
    assert shown(capsys, "case.yaml", "case.yaml").count("\nUSD · 18 months") == 2
    assert shown(capsys, "case.yaml", "case.yaml", "-f", "markdown").count("\n# Two back-office") == 1


def test_the_facts_have_exactly_these_columns_in_csv_and_json(capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.reader(io.StringIO(shown(capsys, "case.yaml", "-f", "csv"))))
    facts = json.loads(shown(capsys, "case.yaml", "-f", "json"))["facts"]
    assert rows[0] == COLUMNS
    assert all(list(fact) == COLUMNS for fact in facts)
    assert [[str(value) for value in fact.values()] for fact in facts] == rows[1:]


def test_a_fact_knows_its_month_date_and_contract_year(capsys: pytest.CaptureFixture[str]) -> None:
    facts = json.loads(shown(capsys, "case.yaml", "-f", "json"))["facts"]
    dates = {fact["month"]: (fact["date"], fact["year"]) for fact in facts}
    assert dates[1] == ("2027-04", 1)
    assert dates[12] == ("2028-03", 1)
    assert dates[13] == ("2028-04", 2)
    assert len(dates) == 18


SMALL = """title: "{title}"
currency: USD
months: 2
discount_rate: 0%
functions:
  desk:
    title: "{title}"
    in_house: {{costs: {{people: {{amount: 100, per: month, avoidable: 100%}}}}}}
    options: {{manila: {{location: PH, price: 90, per: month}}}}
"""


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\\t", "\\r"])
def test_a_text_in_the_facts_never_becomes_a_formula(
    start: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "formula.yaml"
    path.write_text(SMALL.format(title=f"{start}1+1"))
    rows = list(csv.DictReader(io.StringIO(shown(capsys, str(path), "-f", "csv"))))
    for row in rows:
        assert not row["scenario"].startswith(("=", "+", "-", "@", "\t", "\r"))
        assert float(row["amount"]) in (100, 90)  # amounts are not touched, negative ones neither


def test_a_negative_amount_stays_a_number_in_the_facts(capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(shown(capsys, "case.yaml", "-f", "csv"))))
    (first, *_) = [row for row in rows if row["line"] == "bundle_discount.acme" and float(row["amount"])]
    assert first["amount"].startswith("-")


def test_a_scenario_without_a_start_has_facts_without_dates(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL.format(title="small"))
    assert {row["date"] for row in csv.DictReader(io.StringIO(shown(capsys, str(path), "-f", "csv")))} == {""}
    data = json.loads(shown(capsys, str(path), "-f", "json"))
    assert {fact["date"] for fact in data["facts"]} == {None}
    assert data["start"] is None
    assert "month 2" in shown(capsys, str(path), "--by", "month")


@pytest.mark.parametrize("title", ["a | b", "a\\\\b", "<script>x</script>", "two\\nlines", "**bold** `x` [a](b)"])
def test_a_title_cannot_break_a_markdown_table(title: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "title.yaml"
    path.write_text(SMALL.format(title=title))
    printed = shown(capsys, str(path), "-f", "markdown")
    rows = [line for line in printed.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {4}
    assert "<script" not in printed


# Widths

HEAD = "currency: USD\nstart: 2027-01\nmonths: 24\ndiscount_rate: 8%\ninflation: 2%\n"
LONG = "a_very_long_option_key_that_someone_typed_because_they_could_do_it"


def scenario(
    title: str = "Order desk",
    *,
    function: str = "Orders",
    unit: str = "order",
    volume: float = 1_000,
    fte: float = 10,
    salary: float = 46_400,
    prices: tuple[float, float] = (3_200, 2_600),
    setup: float = 50_000,
    keys: tuple[str, str] = ("manila", "pune"),
    head: str = HEAD,
    months: int = 3,
) -> str:
    """Write a scenario with two options."""
    return f"""title: "{title}"
{head}
functions:
  orders:
    title: "{function}"
    demand: {{volume: {volume!r}, unit: "{unit}"}}
    in_house: {{location: US, teams: {{clerks: {{fte: {fte!r}, salary: {salary!r}, burden: 30%, wage_growth: 3%}}}}}}
    options:
      {keys[0]}: {{location: PH, price: {prices[0]!r}, per: fte_month}}
      {keys[1]}:
        location: IN
        price: {prices[1]!r}
        per: fte_month
        transition: {{months: {months}, costs: {{setup: {{amount: {setup!r}}}}}}}
"""


SCENARIOS = {
    "plain": scenario(),
    "golden": (GOLDEN / "case.yaml").read_text(),
    "wide title": scenario("客户服务外包成本比较" * 30, function="客户服务"),
    "emoji title": scenario("👩‍👩‍👧‍👦 🇩🇪 🎧 " * 20, function="👩‍💻 desk 🎧"),
    "accented title": scenario("Re\u0301clamations " * 20, function="Re\u0301clamations"),
    "title from right to left": scenario("مركز خدمة العملاء " * 17, function="خدمة"),
    "title of 300 characters": scenario("x" * 300, function="y" * 300),
    "very large figures": scenario(fte=10_000_000, salary=100_000, prices=(9_000, 10_000), setup=1e12),
    "large figures": scenario(fte=50_000, salary=100_000, prices=(9_000, 10_000), setup=1e9),
    "tiny figures": scenario(fte=0.001, salary=0.01, prices=(0.001, 0.0009), setup=0.004),
    "small figures": scenario(fte=0.01, salary=30, prices=(2, 1.5), setup=0.1),
    "one month": scenario(head=HEAD.replace("months: 24", "months: 1"), months=0),
    "no option": scenario().partition("    options:")[0],
    "never paying back": scenario(prices=(9_000, 8_000)),
    "unit prices below one": scenario(volume=10_000_000),
    "long option keys": scenario(keys=(LONG, f"{LONG}_too")),
    "long unit": scenario(unit="purchase order line item with approval"),
    "six options": scenario()
    + "".join(f"      option_{n}: {{location: PH, price: {3_000 + n}, per: fte_month}}\n" for n in range(6)),
}


@cache
def compared(name: str) -> Comparison:
    return compare(run(load_text(SCENARIOS[name].encode(), "case.yaml")))


def rendered(name: str, by: By, columns: int | None, *, screen: bool = False) -> str:
    """Render a scenario for a pipe, or for a screen of so many columns."""
    made = report(compared(name), by, "case.yaml")
    if screen:
        return COLOUR.sub("", terminal.render(made, columns))
    return text.render(made, columns)


def too_wide(name: str, by: By, columns: int) -> list[str]:
    """Find lines that a pipe or a screen of so many columns could not hold."""
    both = (rendered(name, by, columns), rendered(name, by, columns, screen=True))
    return [line for printed in both for line in printed.splitlines() if cell_len(line) > columns]


@pytest.mark.parametrize("name", SCENARIOS)
@pytest.mark.parametrize("columns", WIDTHS)
def test_no_line_is_wider_than_the_screen(name: str, columns: int) -> None:
    assert too_wide(name, "summary", columns) == []
    assert too_wide(name, "category", columns) == []


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("plain", 40),
        ("golden", 40),
        ("six options", 40),
        ("six options", 80),
        ("long option keys", 80),
        ("large figures", 40),
        ("plain", 80),
        ("golden", 80),
        ("no option", 40),
        ("six options", 200),
    ],
)
def test_no_line_of_the_longer_readings_is_wider_than_the_screen(name: str, columns: int) -> None:
    for by in ("year", "month", "line"):
        assert too_wide(name, by, columns) == []


UNITS = {"(in thousands)": 1_000, "(in millions)": 1_000_000, "(in billions)": 1_000_000_000}


def number(cell: str) -> tuple[float, int, str] | None:
    """Read a figure: its value, its decimals and its unit; None where there is none."""
    found = re.fullmatch(r"([+−]?)([\d,]+)(?:\.(\d+))?( [%a-z]+)?", cell)
    if found is None:
        return None
    sign, whole, decimals, unit = found.groups()
    value = float(f"{'-' if sign == '−' else ''}{whole.replace(',', '')}.{decimals or 0}")
    return value, len(decimals or ""), unit or ""


@pytest.mark.parametrize("name", ["plain", "golden", "six options", "large figures", "no option", "one month"])
@pytest.mark.parametrize("columns", WIDTHS)
def test_every_figure_of_the_natural_width_is_there_in_a_narrow_one(name: str, columns: int) -> None:
    natural = read_text(rendered(name, "summary", None))
    narrow = rendered(name, "summary", columns)
    titles = sorted({title for title, _ in natural}, key=len, reverse=True)
    side_by_side = {}
    for (title, position), rows in read_text(narrow).items():
        bare = re.sub(r" \(in [a-z]+\)$", "", title)
        side_by_side[bare, position] = (rows, title.removeprefix(bare))
    stacked: dict[str, list[tuple[dict[str, str], str]]] = defaultdict(list)
    for (title, rest), rows in read_stacked(narrow, titles).items():
        stacked[title].append((rows, rest))
    for (title, position), figures in natural.items():
        rows, caption = side_by_side.get((title, position)) or stacked[title][position]
        scale = next((factor for unit, factor in UNITS.items() if caption.endswith(unit)), 1)
        for label, cell in figures.items():
            if cell == "–":
                assert rows.get(label, "–") == "–"
            elif number(cell) is None or number(cell) == number(rows[label]):
                assert rows[label] == cell
            else:
                there, here = number(cell), number(rows[label])
                assert there is not None
                assert here is not None
                assert isclose(here[0] * scale, there[0], abs_tol=0.5 * scale / 10 ** here[1] + 0.5), (label, cell)


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_a_figure_that_is_there_is_not_scaled_down_to_nothing(columns: int) -> None:
    for name in ("plain", "golden", "six options", "long option keys", "long unit"):
        for line in rendered(name, "summary", columns).splitlines():
            figures = line.split("  ")[1:]
            assert not any(re.fullmatch(r"\s*[+−]?0\.0(?!00)\d\d\s*", cell) for cell in figures), (name, line)


def test_the_width_of_the_screen_is_taken_from_the_environment(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    natural = shown(capsys, "case.yaml")
    assert max(map(cell_len, natural.splitlines())) > 200  # a sentence on one line
    for columns in WIDTHS:
        monkeypatch.setenv("COLUMNS", str(columns))
        assert max(map(cell_len, shown(capsys, "case.yaml").splitlines())) <= columns
    for nonsense in ("", "0", "-5", "wide"):
        monkeypatch.setenv("COLUMNS", nonsense)
        assert shown(capsys, "case.yaml") == natural


def test_a_figure_is_not_parted_from_its_unit_by_the_end_of_a_line() -> None:
    for name in ("plain", "golden", "never paying back", "large figures"):
        for columns in range(40, 100):
            for line, following in pairwise(rendered(name, "summary", columns).splitlines()):
                parted = re.search(r"\d$", line) and re.match(r" *(k|M|B|%)(\W|$)", following)
                assert not parted, (line, following)


def test_money_below_one_is_not_shown_as_nothing() -> None:
    # 0.01 · 30 · 1.3 · 2.03 = 0.79 in-house; 0.01 · 24 · 2 = 0.48 in Manila
    printed = rendered("small figures", "summary", None)
    assert "0.79" in printed
    assert not re.search(r"saves 0 ", printed)


def test_a_unit_price_below_one_shows_four_decimals() -> None:
    # 10 · 46,400 · 1.3 · 2.03 / (24 · 10,000,000) = 0.0051021
    (line,) = [
        line for line in rendered("unit prices below one", "summary", None).splitlines() if "cost per order" in line
    ]
    assert "0.0051" in line


def test_a_function_without_options_says_what_it_costs_and_nothing_of_savings() -> None:
    printed = rendered("no option", "summary", None)
    assert "there is no option to compare it with" in printed
    assert "1,224,496" in printed  # 10 · 46,400 · 1.3 · (1 + 1.03)
    assert "pays back" not in printed


def test_options_that_never_pay_back_say_never() -> None:
    found = read_text(rendered("never paying back", "summary", None))
    assert found["Orders", 1]["pays back (cash)"] == "never"
    assert found["Orders", 2]["pays back (static)"] == "never"


def test_one_month_is_one_month() -> None:
    printed = rendered("one month", "summary", None)
    assert "1 month from 2027-01" in printed
    assert " 1 months" not in printed


@pytest.mark.parametrize("control", ["\\e[31m", "\\a", "\\b", "\\u202e", "\\u009b31m", "\\t"])
def test_a_title_cannot_send_control_characters_to_the_terminal(control: str) -> None:
    made = compare(run(load_text(scenario(f"a{control}b", function=f"c{control}d").encode(), "case.yaml")))
    printed = report(made, "summary", "case.yaml")
    for shown_text in (text.render(printed), COLOUR.sub("", terminal.render(printed, 80))):
        assert all(letter.isprintable() or letter == "\n" for letter in shown_text)


# Wording and rows


def shown_of(text_: str, by: By = "summary", path: str = "case.yaml") -> str:
    return text.render(report(compare(run(load_text(text_.encode(), "case.yaml"))), by, path))


def test_a_saving_table_has_no_column_for_the_baseline(capsys: pytest.CaptureFixture[str]) -> None:
    found = read_text(shown(capsys, "case.yaml", "--by", "year"))
    title = "General ledger · finance, back office"
    assert [n for other, n in found if other == f"{title} · cost by year, nominal"] == [0, 1]
    assert [n for other, n in found if other == f"{title} · saving by year, nominal"] == [0]


def test_no_row_consists_of_dashes_alone() -> None:
    for name in SCENARIOS:
        for by in READINGS:
            rows: dict[tuple[str, str], set[str]] = defaultdict(set)
            for (title, _), figures in read_text(rendered(name, by, None)).items():
                for label, cell in figures.items():
                    rows[title, label].add(cell)
            assert [row for row, cells in rows.items() if cells == {"–"}] == []


def test_lines_stand_below_their_category_and_lines_of_nothing_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    printed = shown(capsys, "case.yaml", "--by", "line")
    found = read_text(printed)
    title = "Order desk · order management, front office · by line, nominal"
    assert [*found[title, 0]][:4] == ["personnel", "pay.clerks", "burden.clerks", "hiring.clerks"]
    assert "workplace" in found[title, 0]
    assert found[title, 0]["total"] == "1,596,010"
    assert "whole scenario" not in printed
    rows = [[found[title, n][row] for n in range(3)] for row in found[title, 0]]
    assert all({*row} - {"0", "–"} for row in rows)


def test_the_title_of_an_option_and_what_a_mix_consists_of_are_said(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [line.strip() for line in shown(capsys, "case.yaml").splitlines()]
    assert "cebu: Provider in Cebu" in lines
    assert "mix: Provider in Cebu for Order desk, cebu for General ledger" in lines
    assert "best mix: Provider in Cebu for Order desk, in-house for General ledger" in lines
    assert "- cebu: Provider in Cebu" in shown(capsys, "case.yaml", "-f", "markdown").splitlines()


def test_a_process_that_is_the_title_is_not_said_twice() -> None:
    text_ = scenario().replace("    demand:", "    process: order_management\n    demand:")
    assert "  Orders · order management, front office\n" in shown_of(text_)
    twice = text_.replace('title: "Orders"', 'title: "Order management"')
    assert "  Order management · front office\n" in shown_of(twice)


def test_the_next_command_can_be_pasted() -> None:
    made = compare(run(load_text(SCENARIOS["plain"].encode(), "case.yaml")))
    assert "bpocalc compare 'my case.yaml' --by category   (or cause, year, month, line)" in text.render(
        report(made, "summary", "my case.yaml")
    )
    shown = text.render(report(made, "year", "a.yaml"))
    assert "bpocalc compare a.yaml --by category   (or cause, month, line)" in shown


def test_what_pays_back_at_once_says_so() -> None:
    found = read_text(rendered("plain", "summary", None))["Orders", 1]
    assert found["pays back (cash)"] == found["pays back (discounted)"] == "at once"
    assert found["pays back (static)"] == "none to recover"
    printed = rendered("plain", "summary", None)
    assert "No rate of return for Orders with manila, because the saving so far is never below zero" in printed


def test_an_enormous_rate_of_return_is_not_written_out_except_in_the_json(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "quick.yaml"
    path.write_text(scenario(setup=20_000, prices=(3_200, 1_000)))
    assert read_text(shown(capsys, str(path)))["Orders", 2]["rate of return / year"] == "over 1,000 %"
    data = json.loads(shown(capsys, str(path), "-f", "json"))
    assert data["functions"][0]["options"][2]["metrics"]["irr"] > 10


def test_the_json_holds_no_negative_zero_and_nothing_that_only_serves_to_find_something_else(
    capsys: pytest.CaptureFixture[str],
) -> None:
    printed = shown(capsys, "case.yaml", "-f", "json")
    assert "-0.0," not in printed
    assert "-0.0}" not in printed
    metrics = json.loads(printed)["functions"][0]["options"][1]["metrics"]
    assert not {"irr_last_below", "irr_first_above", "sign_change"} & metrics.keys()
    assert not re.search(r",-0\.0,", shown(capsys, "case.yaml", "-f", "csv"))


def test_a_fact_that_is_no_number_is_refused() -> None:
    made = compare(run(load_text(SCENARIOS["plain"].encode(), "case.yaml")))
    result = made.functions["orders"].results["in_house"]
    name, entry, _ = result.stream.lines[0]
    odd = entry._replace(quantity=entry.quantity * float("nan"))
    stream = result.stream._replace(lines=((name, odd, odd.quantity),))
    group = made.functions["orders"]._replace(results={"in_house": result._replace(stream=stream)})
    with pytest.raises(ValueError, match=r"orders\.in_house\.pay\.clerks"):
        list(fact_lines(made._replace(functions={"orders": group})))


def test_a_carriage_return_in_a_title_breaks_no_row_of_the_facts(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "odd.yaml"
    path.write_text(SMALL.format(title="a\\rb\\nc"))
    printed = shown(capsys, str(path), "-f", "csv")
    assert "\r" not in printed
    assert {line.count(",") for line in printed.splitlines()} == {len(COLUMNS) - 1}


def test_widths_are_those_of_a_terminal() -> None:
    assert [width(letters) for letters in ("abc", "客户", "e\u0301", "\u200b", "a\u20dd")] == [3, 4, 1, 0, 1]


def test_words_are_broken_only_where_one_is_longer_than_a_line() -> None:
    assert broken_lines("saves 12 k by month 14 at 5 %", 12) == ["saves 12 k", "by month 14", "at 5 %"]
    assert broken_lines("abcdefgh ij", 5) == ["abcde", "fgh", "ij"]
    assert broken_lines("客户服务", 5) == ["客户", "服务"]


def test_figures_keep_three_digits_or_are_not_scaled() -> None:
    # fees of 2.16 thousand million beside a setup of 20,000: in millions that would be 0.020
    made = scenario(fte=50_000, salary=100_000, prices=(9_000, 10_000), setup=20_000)
    natural = report(compare(run(load_text(made.encode(), "case.yaml"))), "summary", "case.yaml")
    assert "20,000\n" in text.render(natural, 60)
    assert "(in " not in text.render(natural, 60)
