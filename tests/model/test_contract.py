"""The term of a contract by hand: it is renewed, or the work comes back; whole months and parts of them."""

from collections.abc import Callable, Mapping

import pytest

from bpocalc.comparison import compare
from bpocalc.model.run import Run

Book = Callable[..., Mapping[str, tuple[float, ...]]]
Case = Callable[..., Run]

# ten people at 5,000 a month, 800 to hire one; a fixed fee; the work goes live in month 2
HOME = "in_house: {teams: {t: {fte: 10, salary: 60_000, cost_per_hire: 800}}}\n"


def away(contract: str, more: str = "", charge: str = "kind: fixed, amount: 30_000") -> str:
    text = f"location: PH, charges: {{fee: {{{charge}}}}}, transition: {{months: 1}}, contract: {{{contract}}}"
    return f"{HOME}options: {{away: {{{text}{', ' if more else ''}{more}}}}}"


# --- the work comes back ---------------------------------------------------------------------------------------------


def test_work_comes_back_when_the_contract_ends_and_people_two_months_before(book: Book) -> None:
    # taken in months 2 to 6; people are free of it in months 2 to 4
    rows = book(away("months: 6, then: in_house, rebuild: 2"), months=9)
    assert rows["work.away.contract.last_month"] == (6,)
    assert rows["work.away.taken"] == (0, 1, 1, 1, 1, 1, 0, 0, 0)
    assert rows["work.away.freed.gone"] == (0, 1, 1, 1, 0, 0, 0, 0, 0)
    assert rows["work.away.headcount.t"] == (10, 0, 0, 0, 10, 10, 10, 10, 10)


def test_charges_end_with_the_contract_and_people_are_hired_again(book: Book) -> None:
    rows = book(away("months: 6, then: in_house, rebuild: 2"), months=9)
    assert rows["work.away.charges.fee"] == (0, *[30_000] * 5, 0, 0, 0)
    assert rows["work.away.joiners.t"] == (0, 0, 0, 0, 10, 0, 0, 0, 0)
    assert rows["work.away.hiring.t"] == (0, 0, 0, 0, 8_000, 0, 0, 0, 0)
    # pay and hiring in months 5 and 6 are paid twice; without the rebuilding they would be hired in month 7
    assert rows["work.away.dual_running"] == (0, 0, 0, 0, 58_000, 50_000, -8_000, 0, 0)
    assert rows["work.away.in_place"] == (0, 1, 1, 1, 1, 1, 0, 0, 0)


def test_a_contract_that_ends_in_the_middle_of_a_month(book: Book) -> None:
    # the provider works half of month 5; people are back for three quarters of month 4: 4.5 − 1.25 = 3.25
    rows = book(away("months: 4.5, then: in_house, rebuild: 1.25"), months=6)
    assert rows["work.away.taken"] == (0, 1, 1, 1, 0.5, 0)
    assert rows["work.away.freed.gone"] == (0, 1, 1, 0.25, 0, 0)
    assert rows["work.away.charges.fee"] == (0, 30_000, 30_000, 30_000, 15_000, 0)
    assert rows["work.away.headcount.t"] == (10, 0, 0, 7.5, 10, 10)


def test_a_contract_that_begins_later_ends_later(book: Book) -> None:
    # 1.5 + 3 − 1: half of month 4
    rows = book(away("start: 1.5, months: 3, then: in_house"), months=5)
    assert rows["work.away.contract.last_month"] == (3.5,)
    assert rows["work.away.taken"] == (0, 1, 1, 0.5, 0)


def test_a_contract_that_outlives_the_scenario_changes_nothing(book: Book) -> None:
    rows = book(away("months: 9, then: in_house, rebuild: 3"), months=6)
    assert rows["work.away.taken"] == rows["work.away.freed.gone"] == (0, 1, 1, 1, 1, 1)


def test_what_is_removed_late_is_there_again_with_the_people(book: Book) -> None:
    # the rent of 900 goes two months after the work, which people are free of in months 2 to 5
    rent = "costs: {rent: {amount: 900, per: month, avoidable: 100%, removal: 2}}"
    text = away("months: 6, then: in_house, rebuild: 1").replace("in_house: {teams", f"in_house: {{{rent}, teams")
    assert book(text, months=7)["work.away.costs.rent"] == (900, 900, 900, 0, 0, 900, 900)


def test_both_legs_come_back(book: Book) -> None:
    # 60 % from month 1 and 25 % from month 2 on, up to month 3
    leg = "charges: {fee: {kind: fixed, amount: 10}}"
    legs = f"a: {{location: PH, share: 60%, {leg}}}, b: {{location: IN, share: 25%, {leg}, transition: {{months: 1}}}}"
    text = f"{HOME}options: {{away: {{legs: {{{legs}}}, contract: {{months: 3, then: in_house, rebuild: 1}}}}}}"
    rows = book(text, months=5)
    assert rows["work.away.all_taken"] == pytest.approx((0.6, 0.85, 0.85, 0, 0))
    assert rows["work.away.headcount.t"] == pytest.approx((4, 1.5, 10, 10, 10))
    assert rows["work.away.b.charges.fee"] == (0, 10, 10, 0, 0)


def test_retained_people_go_with_the_contract(book: Book) -> None:
    more = "retained: {teams: {m: {fte: 2, salary: 12_000, from: 3}}, costs: {it: {amount: 7, per: month}}}"
    rows = book(away("months: 4, then: in_house", more), months=6)
    assert rows["work.away.retained.headcount.m"] == (0, 0, 2, 2, 0, 0)
    assert rows["work.away.retained.costs.it"] == (7, 7, 7, 7, 0, 0)


def test_a_minimum_and_units_end_with_the_contract(book: Book) -> None:
    # 10 units at 2 are 20, short of the minimum by 5; half of both in month 3
    text = away("months: 2.5, then: in_house", charge="kind: per_unit, price: 2, minimum: 25")
    rows = book(f"demand: {{volume: 10, unit: u}}\n{text}", months=4)
    assert rows["work.away.charges.fee"] == (0, 20, 10, 0)
    assert rows["work.away.shortfall.fee"] == (0, 5, 2.5, 0)


def test_no_volume_comes_back_as_no_volume(book: Book) -> None:
    text = away("months: 2, then: in_house, rebuild: 1", charge="kind: per_unit, price: 2")
    rows = book(f"demand: {{volume: 0, unit: u}}\n{text}", months=3)
    assert rows["work.away.charges.fee"] == (0, 0, 0)


# --- what leaving costs ----------------------------------------------------------------------------------------------

EXIT = "exit: {at_end: 500, early: {1: 900, 6: 400}}"


@pytest.mark.parametrize(
    ("months", "paid"),
    [
        ("5", (0, 0, 0, 0, 900, 0, 0, 0)),
        ("6", (0, 0, 0, 0, 0, 400, 0, 0)),
        ("6.5", (0, 0, 0, 0, 0, 200, 200, 0)),  # half in month 6, half in month 7
        ("8", (0, 0, 0, 0, 0, 0, 0, 500)),  # the end of the scenario
        ("40", (0, 0, 0, 0, 0, 0, 0, 500)),
    ],
)
def test_the_charge_that_holds_when_the_contract_ends_falls_due(
    book: Book, months: str, paid: tuple[float, ...]
) -> None:
    rows = book(away(f"months: {months}, then: in_house", EXIT), months=8)
    assert rows["work.away.exit.at_end"] == pytest.approx(paid)


def test_the_charge_is_that_of_the_contract_month_not_of_the_scenario_s(book: Book) -> None:
    # five months from month 2 on: the last is month 6, the fifth of the contract
    rows = book(away("start: 2, months: 5, then: in_house", EXIT), months=8)
    assert rows["work.away.exit.at_end"] == (0, 0, 0, 0, 0, 900, 0, 0)


def test_without_early_charges_the_exit_is_paid_when_the_contract_ends(book: Book) -> None:
    rows = book(away("months: 3, then: in_house", "exit: {at_end: 500}"), months=5)
    assert rows["work.away.exit.at_end"] == (0, 0, 500, 0, 0)


def test_a_renewed_contract_is_left_at_the_end(book: Book) -> None:
    rows = book(away("months: 3, then: renew", EXIT), months=5)
    assert rows["work.away.exit.at_end"] == (0, 0, 0, 0, 500)


# --- it is renewed ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("contract", "fees"),
    [
        ("months: 3, then: renew, renewal: +5%", (0, 30_000, 30_000, 31_500, 31_500)),
        ("start: 2, months: 3, then: renew, renewal: 10%", (0, 30_000, 30_000, 30_000, 33_000)),
        ("months: 3.5, then: renew, renewal: -4%", (0, 30_000, 30_000, 29_400, 28_800)),  # half of it in month 4
        ("months: 2, then: renew", (0, 30_000, 30_000, 30_000, 30_000)),
        ("months: 30, then: renew, renewal: 50%", (0, 30_000, 30_000, 30_000, 30_000)),
    ],
)
def test_prices_rise_with_the_month_after_the_first_term(book: Book, contract: str, fees: tuple[float, ...]) -> None:
    rows = book(away(contract), months=5)
    assert rows["work.away.charges.fee"] == pytest.approx(fees)
    assert rows["work.away.taken"] == (0, 1, 1, 1, 1)


# --- the years of the prices -----------------------------------------------------------------------------------------

PRICED = "kind: fixed, amount: 100, indexation: {rate: 10%}, productivity: {1: 0%, 2: 50%}"


@pytest.mark.parametrize(
    ("contract", "last_of_year_1"),
    [("start: 2", 13), ("start: 1", 12), ("months: 30, then: renew", 12), ("start: 1.5", 12)],
)
def test_price_years_count_from_the_start_of_the_contract(book: Book, contract: str, last_of_year_1: int) -> None:
    # the second year: 10 % dearer and half as much; it begins with the month in which the anniversary falls
    fees = book(away(contract, charge=PRICED), months=16)["work.away.charges.fee"]
    assert fees == pytest.approx((0, *[100] * (last_of_year_1 - 1), *[55] * (16 - last_of_year_1)))


def test_a_first_year_with_a_rise_is_one_of_the_contract(book: Book) -> None:
    charge = "kind: fixed, amount: 100, indexation: {rate: 10%, first_year: 3}"
    fees = book(away("start: 2", charge=charge), months=26)["work.away.charges.fee"]
    assert fees == pytest.approx((0, *[100] * 24, 110))


# --- the results -----------------------------------------------------------------------------------------------------


def test_the_run_rate_is_that_of_the_last_months_of_the_contract(case: Case) -> None:
    # months 4 to 15: 50,000 − 30,000 less in each; those after the contract save nothing and do not count
    made = compare(case(away("months: 15, then: in_house, rebuild: 2"), months=24))
    metrics = made.functions["work"].results["away"].metrics
    assert metrics["run_rate_months"].figure == 12
    assert metrics["run_rate"].figure == pytest.approx(240_000)


def test_a_contract_that_ends_before_anything_is_saved_has_the_months_it_has(case: Case) -> None:
    # in place in months 2 to 4
    made = compare(case(away("months: 4, then: in_house"), months=24))
    assert made.functions["work"].results["away"].metrics["run_rate_months"].figure == 3
