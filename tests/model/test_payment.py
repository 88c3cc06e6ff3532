"""Payment terms by hand: cash moves, cost and run rate do not, and nothing is left unpaid."""

from collections.abc import Callable, Mapping

import pytest

from bpocalc.comparison import Comparison, compare
from bpocalc.model.run import run
from bpocalc.problems import Invalid
from bpocalc.scenario.loading import load_text

Book = Callable[..., Mapping[str, tuple[float, ...]]]

# 12,000 a month in-house; the provider charges 9,000
HOME = """
in_house: {teams: {a: {fte: 2, salary: 72_000}}}
options:
  away: {location: PH, charges: {fee: {kind: fixed, amount: 9_000}%s}%s}
"""


def moved(book: Book, terms: str, more: str = "", charge: str = "", months: int = 4, **about: str) -> tuple[float, ...]:
    rows = book(HOME % (charge, f", payment_terms: {terms}{more}"), months=months, **about)
    return rows["work.away.payment_terms"]


def test_a_charge_is_paid_so_many_months_later_and_the_rest_in_the_last(book: Book) -> None:
    # invoiced 9,000 in each of four months; paid nothing, nothing, 9,000 and three invoices
    assert moved(book, "2") == pytest.approx((-9_000, -9_000, 0, 18_000))
    assert moved(book, "1 month") == pytest.approx((-9_000, 0, 0, 9_000))


def test_part_of_a_month_splits_each_payment(book: Book) -> None:
    # half of each invoice is paid a month later, half two months later; paid 0, 4,500, 9,000, and 22,500 in the end
    assert moved(book, "1.5 months") == pytest.approx((-9_000, -4_500, 0, 13_500))
    assert moved(book, "0.25") == pytest.approx((-2_250, 0, 0, 2_250))


def test_days_are_days_of_a_year_of_365(book: Book) -> None:
    # 73 days are 2.4 months: paid 0, 0, 60 % of 9,000, 9,000
    assert moved(book, "73 days") == pytest.approx((-9_000, -9_000, -3_600, 21_600))
    assert moved(book, "365 days", months=14) == pytest.approx((-9_000,) * 12 + (0, 108_000))


def test_no_time_at_all_moves_nothing_and_more_than_the_scenario_has_all_of_it(book: Book) -> None:
    assert moved(book, "0") == pytest.approx((0, 0, 0, 0))
    assert moved(book, "60") == pytest.approx((-9_000, -9_000, -9_000, 27_000))
    assert moved(book, "3 months", months=1) == pytest.approx((0,))


def test_without_terms_there_is_no_line(book: Book) -> None:
    rows = book(HOME % ("", ""))
    assert not [name for name in rows if "payment" in name or "deferred" in name or "invoice" in name]


def test_the_invoice_has_the_discount_shortfalls_and_gain_shares_in_it(book: Book) -> None:
    # 9,000, a minimum of 10,000, less 10 %, and in month 12 half of what 108,000 is below 128,000
    charge = ", gain: {kind: gain_share, provider_keeps: 50%, target: 128_000, floor: 0}"
    case = (HOME % (charge, ", provider: acme, payment_terms: 1")).replace("9_000}", "9_000, minimum: 10_000}")
    top = "providers: {acme: {volume_discount: {by: whole, tiers: [{above: 0, rate: 10%}]}}}"
    rows = book(case, months=13, top=top)
    assert rows["work.away.leg_invoice"] == rows["work.away.fees"]
    assert rows["work.away.fees"][:12] == pytest.approx((9_000,) * 11 + (19_000,))
    row = rows["work.away.payment_terms"]
    assert row[:12] == pytest.approx((-9_000, *[0] * 10, -10_000))
    assert sum(row) == pytest.approx(0, abs=1e-9)


def test_nothing_is_paid_before_go_live_and_each_leg_has_terms_of_its_own(book: Book) -> None:
    rows = book(
        """
        in_house: {teams: {a: {fte: 2, salary: 72_000}}}
        options:
          away:
            legs:
              l:
                location: PH
                share: 50%
                payment_terms: 2 months
                transition: {months: 1}
                charges: {f: {kind: fixed, amount: 4_000}}
              r: {location: IN, share: 50%, charges: {f: {kind: fixed, amount: 5_000}}}
        """,
        months=5,
    )
    assert rows["work.away.l.payment_terms"] == pytest.approx((0, -4_000, -4_000, 0, 8_000))
    assert "work.away.r.payment_terms" not in rows
    assert rows["work.away.deferred"] == rows["work.away.l.payment_terms"]


def test_what_is_a_rate_of_the_fees_does_not_wait_for_their_payment(book: Book) -> None:
    more = ", governance: {rate: 10%}, costs: {vat: {rate: 20%, of: fees}}"
    rows = book(HOME % ("", f", payment_terms: 2{more}"), months=3)
    assert rows["work.away.governance.by_rate"] == pytest.approx((900,) * 3)
    assert rows["work.away.costs.vat"] == pytest.approx((1_800,) * 3)


CASE = """
title: Paid later
currency: USD
months: 4
discount_rate: {rate: 12%%, compounding: monthly}
functions:
  work:
    in_house: {teams: {a: {fte: 2, salary: 72_000}}}
    options:
      away:
        location: PH
        charges: {fee: {kind: fixed, amount: 9_000}}
        transition: {costs: {move: {amount: 5_000, month: 1}}}%s
"""
LATER = "\n        payment_terms: 1 month"


def compared(more: str = "") -> Comparison:
    return compare(run(load_text((CASE % more).encode(), "case.yaml")))


def results(more: str = "") -> Mapping[str, float]:
    metrics = compared(more).functions["work"].results["away"].metrics
    return {name: q.figure for name, q in metrics.items() if not q.is_row}


def test_present_value_and_cash_payback_feel_the_terms_and_cost_and_run_rate_do_not() -> None:
    at_once, later = results(), results(LATER)
    # 3,000 a month after 5,000 once: ahead in month 2; paid a month later there are 12,000 − 5,000 in month 1 already
    assert (at_once["payback_cash"], later["payback_cash"]) == (2, 1)
    assert (at_once["max_exposure"], later["max_exposure"]) == (2_000, 0)
    # 9,000 wait from month 1 to month 4 at 1 % a month
    assert later["npv_saving"] - at_once["npv_saving"] == pytest.approx(9_000 / 1.01 - 9_000 / 1.01**4)
    for name in ("total_cost", "total_saving", "saving_share", "run_rate", "one_off", "investment", "payback_static"):
        assert later[name] == pytest.approx(at_once[name]), name
    assert later["run_rate"] == pytest.approx(36_000)


def test_the_bridge_has_a_step_for_the_terms_which_is_nothing_but_for_its_present_value() -> None:
    steps = {one.cause: one for one in compared(LATER).bridges.steps("work", "away")}
    assert sum(steps["payment_terms"].nominal.row) == pytest.approx(0)
    assert sum(steps["payment_terms"].discounted.row) == pytest.approx(9_000 / 1.01**4 - 9_000 / 1.01)
    assert sum(steps["price"].nominal.row) == pytest.approx(36_000)


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ("-1", "payment_terms is -1, it must be not negative"),
        ("61", "payment_terms is 61, it must be at most 60"),
        ("net 30", "payment_terms is 'net 30', not a figure in months"),
        ("30 d", "payment_terms is '30 d': 'd' is no unit for it"),
        ("{1: 1, 2: 2}", "payment_terms cannot change from year to year"),
    ],
)
def test_terms_that_are_none_are_refused(book: Book, terms: str, said: str) -> None:
    with pytest.raises(Invalid) as found:
        moved(book, terms)
    assert [p.message for p in found.value.problems] == [said]


def test_beside_legs_the_terms_belong_to_the_legs(book: Book) -> None:
    legs = "{payment_terms: 1, legs: {l: {location: PH, charges: {f: {kind: fixed, amount: 1}}}}}"
    with pytest.raises(Invalid) as found:
        book(f"in_house: {{teams: {{a: {{fte: 1, salary: 12_000}}}}}}\noptions: {{away: {legs}}}")
    assert [p.message for p in found.value.problems] == ["'payment_terms' belongs to the legs when there are any"]
