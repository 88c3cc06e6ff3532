"""The reference figures: every one can be cited, and the files hang together."""

import re
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
import yaml

FOLDER = files("bpocalc") / "locations"
CODES = sorted(file.name[:2] for file in FOLDER.iterdir() if re.fullmatch(r"[A-Z]{2}\.yaml", file.name))
MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
PERCENT = re.compile(r"\d+(\.\d+)?%")
PER_TIME = re.compile(r"([A-Z]{3})/(hour|month|year)")
LOCATION_KEYS = {"name", "currency", "time_zone", "languages", "wages", "burden", "wage_growth", "no_wages"}
FIGURE_KEYS = {"value", "unit", "as_of", "grade", "source", "above", "up_to", "covers"}


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
    for part in ("wages", "burden"):
        for name, figure in LOCATIONS[code].get(part, {}).items():
            yield f"{code}.{part}.{name}", figure
    if "wage_growth" in LOCATIONS[code]:
        yield f"{code}.wage_growth", LOCATIONS[code]["wage_growth"]


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
    assert match[1] == "EUR" or match[1] in RATES


def test_the_seven_locations_are_there() -> None:
    assert CODES == ["DE", "ES", "GB", "IN", "PH", "PL", "US"]


@pytest.mark.parametrize("code", CODES)
def test_a_location_says_who_it_is_and_nothing_unknown(code: str) -> None:
    location = LOCATIONS[code]
    assert location.keys() <= LOCATION_KEYS
    assert location["name"]
    assert location["languages"]
    assert re.fullmatch(r"[A-Z][a-z]+/[A-Z][A-Za-z_]+", location["time_zone"])
    assert location["currency"] == "EUR" or location["currency"] in RATES


@pytest.mark.parametrize("address", FIGURES)
def test_every_figure_can_be_cited(address: str) -> None:
    figure = FIGURES[address]
    assert figure.keys() <= FIGURE_KEYS
    assert figure["value"]
    assert isinstance(figure["as_of"], str)
    assert MONTH.fullmatch(figure["as_of"])
    assert figure["grade"] in ("A", "B", "C")
    assert figure["source"] in SOURCES
    assert len(figure["covers"]) > 10


@pytest.mark.parametrize("name", [*CODES, "fx"])
def test_no_figure_is_written_twice(name: str) -> None:
    keys = Counter(re.findall(r"^ *(\w+): \{value:", text(name), re.MULTILINE))
    assert set(keys.values()) == {1}
    assert keys.total() == sum(address.startswith(f"{name}.") for address in FIGURES)


@pytest.mark.parametrize("address", WAGES)
def test_every_wage_is_money_per_time_for_a_known_role_or_group(address: str) -> None:
    role = address.rpartition(".")[2]
    assert role in ROLES or role in {entry["group"] for entry in ROLES.values()}
    assert isinstance(WAGES[address]["value"], int | float)
    assert_money_per_time(WAGES[address]["unit"])


@pytest.mark.parametrize("address", BURDENS)
def test_every_employer_charge_is_a_rate_on_a_part_of_pay(address: str) -> None:
    figure = BURDENS[address]
    assert PERCENT.fullmatch(figure["value"])
    bounds = [amount(figure[bound]) for bound in ("above", "up_to") if bound in figure]
    assert bounds == sorted(bounds)
    assert len({unit for _, unit in bounds}) <= 1
    for _, unit in bounds:
        assert_money_per_time(unit)
        assert unit.startswith(LOCATIONS[address[:2]]["currency"])


@pytest.mark.parametrize("code", [code for code in CODES if "wage_growth" in LOCATIONS[code]])
def test_wage_growth_is_a_percentage(code: str) -> None:
    assert PERCENT.fullmatch(LOCATIONS[code]["wage_growth"]["value"])


def test_every_role_has_a_title_and_a_group() -> None:
    groups = {"managers", "professionals", "technicians", "clerical_support"}
    assert all(role.keys() == {"title", "group"} and role["title"] for role in ROLES.values())
    assert {role["group"] for role in ROLES.values()} == groups
    assert not groups & ROLES.keys()


def test_every_source_is_complete_and_used() -> None:
    assert all(source.keys() >= {"title", "publisher", "licence", "how"} for source in SOURCES.values())
    assert SOURCES.keys() == {figure["source"] for figure in FIGURES.values()}


def test_only_a_location_without_wages_says_why() -> None:
    for location in LOCATIONS.values():
        assert ("wages" in location) != ("no_wages" in location)


def test_india_offers_no_wage_and_says_why() -> None:
    assert "wages" not in LOCATIONS["IN"]
    assert "was found for India" in LOCATIONS["IN"]["no_wages"]


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
        ("DE.burden.total_statutory", "21.15%", "2026-01"),
        ("ES.wages.technicians", 14.75, "2022-10"),
        ("PL.wages.professionals", 11.42, "2022-10"),
        ("PL.burden.total_statutory", "20.48%", "2026-01"),
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
        ("ES.burden.total_statutory", None, (5_101.20, "EUR/month")),
        ("PL.burden.total_statutory", None, (282_600, "PLN/year")),
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
