"""The reference figures: every one can be cited, and the files hang together."""

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
import yaml

from bpocalc import document
from bpocalc.locations.compiling import compiled
from bpocalc.scenario.currencies import CURRENCIES
from bpocalc.scenario.places import known

FOLDER = files("bpocalc") / "locations"
CODES = sorted(file.name[:2] for file in FOLDER.iterdir() if re.fullmatch(r"[A-Z]{2}\.yaml", file.name))
MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
PERCENT = re.compile(r"\d+(\.\d+)?%")
PER_TIME = re.compile(r"([A-Z]{3})/(hour|month|year)")
SECTIONS = ("wages", "burden", "severance", "hours", "facts")
SINGLE = ("wage_growth", "paid_hours", "minimum_wage", "uprating")
LOCATION_KEYS = {"name", "currency", "time_zone", "languages", "optional", *SECTIONS, *SINGLE}
BOUNDS = ("above", "up_to", "if_pay_above", "if_pay_up_to")
FIGURE_KEYS = {"value", "unit", "period", "as_of", "grade", "source", *BOUNDS, "covers"}
OPTIONAL_KEYS = {"for", "instead", "payments_per_year"}
GROUPS = {"managers", "professionals", "technicians", "clerical_support"}


def text(name: str) -> str:
    return (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")


def read(name: str) -> dict[str, Any]:
    content = yaml.safe_load(text(name))
    assert isinstance(content, dict)
    return content


LOCATIONS = {code: read(code) for code in CODES}
RATES = read("fx")["per_euro"]
ROLES = read("roles")
SOURCES = read("sources")


def figures_of(code: str) -> Iterator[tuple[str, dict[str, Any]]]:
    location = LOCATIONS[code]
    for part in SECTIONS:
        yield from ((f"{code}.{part}.{name}", figure) for name, figure in location.get(part, {}).items())
    for part, section in location.get("optional", {}).items():
        yield from ((f"{code}.optional.{part}.{name}", figure) for name, figure in section.items())
    yield from ((f"{code}.{part}", location[part]) for part in SINGLE if part in location)


FIGURES = {address: figure for code in CODES for address, figure in figures_of(code)}
FIGURES |= {f"fx.{currency}": figure for currency, figure in RATES.items()}
WAGES = {address: figure for address, figure in FIGURES.items() if ".wages." in address}
BURDENS = {address: figure for address, figure in FIGURES.items() if ".burden." in address}


def amount(written: str) -> tuple[float, str]:
    number, unit = written.split(" ")
    return float(number), unit


def assert_money_per_time(unit: str) -> None:
    match = PER_TIME.fullmatch(unit)
    assert match, unit
    assert match[1] in CURRENCIES


def test_the_locations_are_there() -> None:
    assert " ".join(CODES) == (
        "AR AU BG BR CA CN CO CR CZ DE EG ES GB IE IN JP KE LK MA MX MY NL PH PL PT RO TR UA US VN ZA"
    )


@pytest.mark.parametrize("code", CODES)
def test_a_location_says_who_it_is_and_nothing_unknown(code: str) -> None:
    location = LOCATIONS[code]
    assert location.keys() <= LOCATION_KEYS
    assert location["name"]
    assert location["languages"]
    assert known(location["time_zone"])
    assert location["currency"] in CURRENCIES


@pytest.mark.parametrize("address", FIGURES)
def test_every_figure_can_be_cited(address: str) -> None:
    figure = FIGURES[address]
    assert figure.keys() <= FIGURE_KEYS | OPTIONAL_KEYS
    assert figure["value"]
    assert isinstance(figure["as_of"], str)
    assert MONTH.fullmatch(figure["as_of"])
    assert figure["grade"] in ("A", "B", "C")
    assert figure["source"] in SOURCES
    assert len(figure["covers"]) > 10


@pytest.mark.parametrize("name", [*CODES, "fx"])
def test_no_figure_is_written_twice(name: str) -> None:
    keys = re.findall(r"^ *(\w+): \{value:", text(name), re.MULTILINE)
    assert len(keys) == sum(address.startswith(f"{name}.") for address in FIGURES)
    _, problems = document.read(text(name), name)
    assert problems == []


@pytest.mark.parametrize("address", WAGES)
def test_every_wage_is_money_per_time_for_a_known_role_or_group(address: str) -> None:
    role = WAGES[address].get("for", address.rpartition(".")[2])
    assert role in ROLES or role in GROUPS
    assert isinstance(WAGES[address]["value"], int | float)
    assert_money_per_time(WAGES[address]["unit"])


@pytest.mark.parametrize("address", BURDENS)
def test_every_employer_charge_is_a_rate_on_a_part_of_pay(address: str) -> None:
    figure = BURDENS[address]
    assert PERCENT.fullmatch(figure["value"])
    bounds = [amount(figure[bound]) for bound in BOUNDS if bound in figure]
    assert bounds == sorted(bounds)
    assert len({unit for _, unit in bounds}) <= 1
    assert not {"if_pay_above", "if_pay_up_to"} <= figure.keys()
    for _, unit in bounds:
        assert_money_per_time(unit)
        assert unit.startswith(LOCATIONS[address[:2]]["currency"])


@pytest.mark.parametrize("code", [code for code in CODES if "wage_growth" in LOCATIONS[code]])
def test_wage_growth_is_a_percentage(code: str) -> None:
    assert PERCENT.fullmatch(LOCATIONS[code]["wage_growth"]["value"])


def test_every_role_has_a_title_and_a_group() -> None:
    assert all(role.keys() == {"title", "group"} and role["title"] for role in ROLES.values())
    assert {role["group"] for role in ROLES.values()} == GROUPS
    assert not GROUPS & ROLES.keys()


def test_every_source_is_complete_and_used() -> None:
    assert all(source.keys() >= {"title", "publisher", "licence", "how"} for source in SOURCES.values())
    assert SOURCES.keys() == {figure["source"] for figure in FIGURES.values()}


def test_what_is_taken_unasked_is_official() -> None:
    unasked = {a: f for a, f in FIGURES.items() if ".optional." not in a and ".facts." not in a}
    assert {a for a, f in unasked.items() if f["grade"] not in ("A", "B")} == set()


def test_of_a_proprietary_survey_one_headline_is_quoted_and_never_taken_unasked() -> None:
    proprietary = {key for key, source in SOURCES.items() if "proprietary" in source["licence"]}
    quoted = [address for address, figure in FIGURES.items() if figure["source"] in proprietary]
    assert quoted == ["IN.optional.wage_growth.growth_survey", "PH.facts.attrition_contact_centre_total"]


def test_what_is_read_at_run_time_is_what_people_wrote() -> None:
    assert (FOLDER / "reference.json").read_text(encoding="utf-8") == compiled()
    made = json.loads(compiled())
    found = {f"fx.{code}": figure["value"] for code, figure in made["per_euro"].items()}
    for code, location in made["locations"].items():
        sections = {part: location.get(part, {}) for part in SECTIONS}
        sections |= {f"optional.{part}": section for part, section in location.get("optional", {}).items()}
        for part, section in sections.items():
            found |= {f"{code}.{part}.{name}": figure["value"] for name, figure in section.items()}
        found |= {f"{code}.{part}": location[part]["value"] for part in SINGLE if part in location}
    assert found == {address: figure["value"] for address, figure in FIGURES.items()}


# The published totals of charges that are recorded part by part.
@pytest.mark.parametrize(
    ("section", "total"),
    [
        ("DE.burden", 21.15), ("ES.burden", 30.65), ("PL.burden", 20.48), ("BR.burden", 35.80), ("VN.burden", 21.50),
        ("LK.burden", 15.00), ("NL.optional.burden", 18.49), ("JP.optional.burden", 15.70),
        ("CN.optional.burden", 33.00), ("TR.optional.burden", 22.75), ("CO.optional.burden", 20.5 + 9 + 21.83),
        ("MA.optional.burden", 8.98 + 12.11), ("CR.burden", 26.83 + 8.33), ("CA.burden", 5.95 + 4 + 2.282),
    ],
)  # fmt: skip
def test_parts_add_up_to_the_published_total(section: str, total: float) -> None:
    parts = [float(f["value"].rstrip("%")) for a, f in FIGURES.items() if a.rpartition(".")[0] == section]
    assert sum(parts) == pytest.approx(total)


# Typed by hand and independently of the files.
@pytest.mark.parametrize(
    ("address", "value", "as_of"),
    [
        ("US.wages.customer_service_rep", 22.40, "2025-05"),
        ("US.wages.software_developer", 71.20, "2025-05"),
        ("US.burden.social_security", "6.2%", "2026-01"),
        ("GB.wages.customer_service_rep", 15.14, "2025-04"),
        ("GB.burden.employer_ni", "15%", "2026-04"),
        ("GB.wage_growth", "5.4%", "2025-04"),
        ("DE.wages.clerical_support", 20.03, "2022-10"),
        ("DE.burden.pension", "9.3%", "2026-01"),
        ("ES.wages.technicians", 14.75, "2022-10"),
        ("PL.wages.professionals", 11.42, "2022-10"),
        ("PL.burden.pension", "9.76%", "2026-01"),
        ("IE.wages.professionals", 39.03, "2022-10"),
        ("RO.burden.total_statutory", "2.25%", "2026-01"),
        ("DE.uprating", 1.1429, "2025-12"),
        ("PH.wages.general_office_clerk", 22903, "2024-08"),
        ("IN.burden.gratuity_provision", "4.81%", "2025-04"),
        ("fx.PHP", 70.123, "2026-10"),
        ("fx.USD", 1.15792, "2026-10"),
    ],
)
def test_the_figure_is_the_published_one(address: str, value: float | str, as_of: str) -> None:
    assert (FIGURES[address]["value"], FIGURES[address]["as_of"]) == (value, as_of)


@pytest.mark.parametrize(
    ("address", "above", "up_to"),
    [
        ("US.burden.social_security", None, (184_500, "USD/year")),
        ("US.burden.medicare", None, None),
        ("US.burden.futa", None, (7_000, "USD/year")),
        ("GB.burden.employer_ni", (5_000, "GBP/year"), None),
        ("GB.burden.workplace_pension_min", (6_240, "GBP/year"), (50_270, "GBP/year")),
        ("ES.burden.common", None, (5_101.20, "EUR/month")),
        ("PL.burden.pension", None, (282_600, "PLN/year")),
        ("PL.burden.accident", None, None),
        ("VN.burden.social", None, (46_800_000, "VND/month")),
        ("CA.burden.cpp2", (74_600, "CAD/year"), (85_000, "CAD/year")),
        ("PH.burden.philhealth", None, (100_000, "PHP/month")),
        ("IN.burden.epf_total", None, (15_000, "INR/month")),
    ],
)
def test_the_charge_stops_where_the_law_says(
    address: str, above: tuple[float, str] | None, up_to: tuple[float, str] | None
) -> None:
    figure = BURDENS[address]
    assert (amount(figure["above"]) if "above" in figure else None) == above
    assert (amount(figure["up_to"]) if "up_to" in figure else None) == up_to
