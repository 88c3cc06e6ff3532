"""Automation at a provider, by hand: the charges fall along its ramp, and the buyer pays for it."""

from collections.abc import Callable, Mapping

import pytest

from bpocalc.model.book import Entry

Book = Callable[..., Mapping[str, tuple[float, ...]]]
Entries = Callable[..., Mapping[str, Entry]]

CASE = """
demand: {{volume: 1_000, unit: call}}
in_house: {{teams: {{t: {{fte: 10, salary: 48_000}}}}}}
options:
  away:
    location: PH
    share: 80%
    charges: {{c: {charge}}}
    automation: {{share: 40%, client_share: 50%{more}}}
"""
UNIT = "{kind: per_unit, price: 10}"
LATER = ", start: 1, months: 1, ramp: 2, build: 5_000, licence: 300, run: 0.5"
CHARGE = "work.away.charges.c"


def case(charge: str = UNIT, more: str = LATER) -> str:
    return CASE.format(charge=charge, more=more)


def test_unit_prices_give_the_client_share_of_what_is_automated(book: Book) -> None:
    # 800 units at 10; half, then all of 40 % are automated from month 2: 8,000 · (1 − 20 % · 50 %), · (1 − 40 % · 50 %)
    found = book(case())
    assert found["work.away.automation.automated"] == pytest.approx((0, 0.2, 0.4))
    assert found[CHARGE] == pytest.approx((8_000, 7_200, 6_400))


def test_it_holds_at_once_where_nothing_is_said_of_time(book: Book) -> None:
    assert book(case(more=""))[CHARGE] == pytest.approx((6_400,) * 3)


def test_a_month_begun_counts_in_part(book: Book) -> None:
    # done half way through month 2, at once: half of the effect in it
    assert book(case(more=", start: 2, months: 0.5"))[CHARGE] == pytest.approx((8_000, 7_200, 6_400))


@pytest.mark.parametrize(
    ("charge", "full"),
    [
        ("{kind: per_fte, price: 1_000}", 8_000),
        ("{kind: per_hour, price: 10, hours: 600}", 6_000),
        ("{kind: tiered, by: slice, tiers: [{above: 0, price: 10}, {above: 500, price: 8}]}", 5_000 + 300 * 8),
        ("{kind: cost_plus, margin: 10%, teams: {p: {fte: 10, salary: 12_000}}}", 11_000),
        ("{kind: per_unit, price: 10, indexation: {rate: 5%, first_year: 1}}", 8_400),
    ],
)
def test_heads_hours_and_cost_fall_by_the_same_factor(book: Book, charge: str, full: float) -> None:
    assert book(case(charge))[CHARGE][2] == pytest.approx(full * 0.8)


def test_a_fixed_fee_and_a_minimum_stay(book: Book) -> None:
    assert book(case("{kind: fixed, amount: 9_000}"))[CHARGE][2] == pytest.approx(9_000)
    found = book(case("{kind: per_unit, price: 10, minimum: 7_000}"))
    assert found["work.away.shortfall.c"] == pytest.approx((0, 0, 600))


def test_the_buyer_pays_for_building_licences_and_units(book: Book) -> None:
    # 800 units of which 0, 20 %, 40 % are automated, at 0.50
    found = book(case())
    assert found["work.away.automation.build"] == (5_000, 0, 0)
    assert found["work.away.automation.licence"] == (0, 300, 300)
    assert found["work.away.automation.run"] == pytest.approx((0, 80, 160))


def test_licences_are_paid_while_the_leg_works(book: Book) -> None:
    # built by the end of month 1, the work goes live in month 3
    text = case().replace("    share: 80%", "    share: 80%\n    transition: {months: 2}")
    assert book(text)["work.away.automation.licence"] == (0, 0, 300)


def test_licence_and_run_grow_and_building_does_not(book: Book) -> None:
    def months(more: str) -> list[float]:
        found = book(case(more=f"{LATER}{more}"), months=13, inflation="4%")
        return [found[f"work.away.automation.{name}"][12] for name in ("licence", "run")]

    assert months("") == pytest.approx([312, 166.4])
    assert months(", growth: 10%") == pytest.approx([330, 176])


def test_building_is_paid_once_and_all_lines_are_of_their_own_category(entries: Entries) -> None:
    found = {name: entry for name, entry in entries(case()).items() if entry.category == "automation"}
    assert [name.rpartition(".")[2] for name in found] == ["build", "licence", "run"]
    assert [entry.once for entry in found.values()] == [True, False, False]


def test_without_demand_there_is_no_price_for_a_unit(book: Book) -> None:
    text = case("{kind: per_fte, price: 1_000}", "").replace("demand: {volume: 1_000, unit: call}", "")
    found = book(text)
    assert found[CHARGE][0] == pytest.approx(6_400)
    assert "work.away.automation.run" not in found


def test_the_automation_of_one_leg_leaves_the_other_alone(book: Book) -> None:
    text = """
demand: {volume: 1_000, unit: call}
in_house: {teams: {t: {fte: 10, salary: 48_000}}}
options:
  two:
    legs:
      a: {location: PH, share: 50%, price: 10, per: unit, automation: {share: 40%, client_share: 50%, run: 1}}
      b: {location: IN, share: 30%, price: 10, per: unit}
"""
    found = book(text)
    assert found["work.two.a.charges.price"] == pytest.approx((4_000,) * 3)
    assert found["work.two.b.charges.price"] == pytest.approx((3_000,) * 3)
    assert found["work.two.a.automation.run"] == pytest.approx((200,) * 3)


def test_no_automation_no_lines(book: Book) -> None:
    text = "\n".join(line for line in case().splitlines() if "automation" not in line)
    assert not [name for name in book(text) if "automat" in name]


def test_automation_for_one_of_several_demands_leaves_the_charges_of_the_others_as_they_are(book: Book) -> None:
    text = case().replace(
        "demand: {volume: 1_000, unit: call}", "demand: {calls: {volume: 1_000}, mails: {volume: 100}}"
    )
    text = text.replace(
        "{c: " + UNIT + "}", "{c: {kind: per_unit, price: 10, for: calls}, m: {kind: per_unit, price: 2, for: mails}}"
    )
    found = book(text.replace("share: 40%,", "for: calls, share: 40%,"))
    assert found[CHARGE] == pytest.approx((8_000, 7_200, 6_400))
    assert found["work.away.charges.m"] == pytest.approx((160,) * 3)
