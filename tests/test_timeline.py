"""Time: months, contract years, ramps, growth and discounting, by hand arithmetic."""

import pytest

from bpocalc.about import Input, Line
from bpocalc.quantity import Quantity, constant
from bpocalc.timeline import HALF, MONTHS, WEEKS, Clock, Instant, Month


def figure(number: float) -> Quantity:
    return Quantity(float(number), about=Input("care.rate", "per year"))


def line(*months: float) -> Quantity:
    return Quantity(tuple(float(month) for month in months), about=Line("care.line", "units", "A line"))


# Calendar months


@pytest.mark.parametrize(
    ("text", "month"),
    [("2027-01", Month(2027, 1)), ("2027-12", Month(2027, 12)), ("1999-09", Month(1999, 9))],
)
def test_a_month_is_a_year_and_a_number(text: str, month: Month) -> None:
    assert Month.parse(text) == month
    assert str(month) == text


@pytest.mark.parametrize(
    "text",
    [
        "", "2027", "2027-00", "2027-13", "2027-1", "27-01", "2027-01-15", "2027/01", "2027-Jan", "January 2027",
        "-027-01", "2027--1", " 2027-01", "2027-01 ", "\uff12\uff10\uff12\uff17-01", "2027-\u0660\u0661", "²027-01",
    ],
)  # fmt: skip
def test_what_is_no_month_is_not_parsed(text: str) -> None:
    assert Month.parse(text) is None


@pytest.mark.parametrize(
    ("month", "later", "then"),
    [
        (Month(2027, 1), 0, Month(2027, 1)),
        (Month(2027, 1), 1, Month(2027, 2)),
        (Month(2027, 1), 11, Month(2027, 12)),
        (Month(2027, 1), 12, Month(2028, 1)),
        (Month(2027, 11), 3, Month(2028, 2)),
        (Month(2027, 12), 25, Month(2030, 1)),
        (Month(2027, 1), -1, Month(2026, 12)),
        (Month(2027, 6), -30, Month(2024, 12)),
    ],
)
def test_months_are_counted_over_the_turn_of_the_year(month: Month, later: int, then: Month) -> None:
    assert month.after(later) == then
    assert month.until(then) == later
    assert then.until(month) == -later


def test_months_are_ordered_by_time() -> None:
    assert sorted([Month(2028, 1), Month(2027, 12), Month(2027, 2)])[0] == Month(2027, 2)


# The rows of the clock


def test_the_rows_of_fourteen_months_from_november() -> None:
    clock = Clock(14, Month(2027, 11))
    assert clock.month.value == tuple(range(1, 15))
    assert clock.year.value == (1,) * 12 + (2,) * 2
    assert clock.year_length.value == (12,) * 12 + (2,) * 2
    assert clock.calendar.value == (11, 12, *range(1, 13))
    assert clock.opening.value == (1, *[0] * 11, 1, 0)
    assert clock.closing.value == (*[0] * 11, 1, 0, 1)
    assert clock.years == 2


@pytest.mark.parametrize(("months", "years"), [(1, 1), (11, 1), (12, 1), (13, 2), (24, 2), (25, 3), (60, 5)])
def test_a_contract_year_that_has_begun_counts(months: int, years: int) -> None:
    clock = Clock(months)
    assert clock.years == years == clock.year.row[-1]
    assert sum(clock.opening.row) == sum(clock.closing.row) == years
    assert sum(clock.year_length.row[m] for m in range(0, months, 12)) == months


def test_one_month_is_a_year_that_opens_and_closes_at_once() -> None:
    clock = Clock(1)
    assert [q.value for q in clock.rows] == [(1,), (1,), (1,), (1,), (1,), (1,)]


def test_without_a_start_the_calendar_begins_in_january() -> None:
    assert Clock(13).calendar.value == (*range(1, 13), 1)


def test_the_rows_are_named_so_that_words_across_months_can_read_them() -> None:
    names = [q.about.name for q in Clock(3).rows if isinstance(q.about, Line)]
    assert len(names) == len(set(names)) == 6


def test_a_month_is_labelled_by_the_calendar_or_else_by_its_number() -> None:
    assert Clock(14, Month(2027, 11)).label(1) == "2027-11"
    assert Clock(14, Month(2027, 11)).label(14) == "2028-12"
    assert Clock(14).label(14) == "month 14"


def test_a_line_of_the_clock_has_its_months() -> None:
    made = Clock(3).line(constant(7), "care.pay", "$", "Pay")
    assert made.value == (7, 7, 7)
    assert made.about == Line("care.pay", "$", "Pay")


# Steps, payments and ramps


@pytest.mark.parametrize(
    ("at", "months"),
    [
        (1, (1, 1, 1, 1)),
        (3, (0, 0, 1, 1)),
        (2.5, (0, 0.5, 1, 1)),
        (3.25, (0, 0, 0.75, 1)),
        (4, (0, 0, 0, 1)),
        (5, (0, 0, 0, 0)),
        (-2, (1, 1, 1, 1)),
    ],
)
def test_a_step_holds_from_its_month_on(at: float, months: tuple[float, ...]) -> None:
    assert Clock(4).from_month(figure(at)).value == months


@pytest.mark.parametrize(
    ("last", "months"),
    [(0, (0, 0, 0, 0)), (1, (1, 0, 0, 0)), (3, (1, 1, 1, 0)), (2.5, (1, 1, 0.5, 0)), (9, (1, 1, 1, 1))],
)
def test_a_step_holds_up_to_and_with_its_last_month(last: float, months: tuple[float, ...]) -> None:
    assert Clock(4).until_month(figure(last)).value == months


@pytest.mark.parametrize("at", [1, 2, 2.25, 3.5, 3.9])
def test_what_ends_before_a_month_and_what_begins_in_it_are_together_always(at: float) -> None:
    clock = Clock(4)
    assert (clock.from_month(figure(at)) + clock.until_month(figure(at - 1))).value == pytest.approx((1, 1, 1, 1))


@pytest.mark.parametrize(
    ("at", "months"),
    [
        (1, (1, 0, 0, 0)),
        (3, (0, 0, 1, 0)),
        (3.5, (0, 0, 0.5, 0.5)),
        (1.25, (0.75, 0.25, 0, 0)),
        (4, (0, 0, 0, 1)),
        (4.5, (0, 0, 0, 0.5)),
        (5, (0, 0, 0, 0)),
    ],
)
def test_a_payment_in_a_fractional_month_is_split(at: float, months: tuple[float, ...]) -> None:
    assert Clock(4).in_month(figure(at)).value == pytest.approx(months)


@pytest.mark.parametrize("at", [1, 1.1, 2.5, 3.999, 10, 11])
def test_a_split_payment_keeps_its_sum(at: float) -> None:
    assert sum(Clock(12).in_month(figure(at)).row) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize(
    ("start", "months", "shares"),
    [
        (1, 4, (0.25, 0.25, 0.25, 0.25, 0, 0)),
        (2, 2, (0, 0.5, 0.5, 0, 0, 0)),
        (3, 1, (0, 0, 1, 0, 0, 0)),
        (2, 2.5, (0, 0.4, 0.4, 0.2, 0, 0)),
        (2.5, 2, (0, 0.25, 0.5, 0.25, 0, 0)),
        (2, 0.5, (0, 1, 0, 0, 0, 0)),
    ],
)
def test_what_is_spread_over_a_span_falls_in_equal_parts(
    start: float, months: float, shares: tuple[float, ...]
) -> None:
    made = Clock(6).over(figure(start), figure(months)).row
    assert made == pytest.approx(shares)
    assert sum(made) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize(
    ("begin", "ramp", "lag", "levels"),
    [
        (0, 0, 0, (1, 1, 1, 1, 1)),
        (0, 1, 0, (1, 1, 1, 1, 1)),
        (0, 3, 0, (1 / 3, 2 / 3, 1, 1, 1)),
        (2, 0, 0, (0, 0, 1, 1, 1)),
        (2, 1, 0, (0, 0, 1, 1, 1)),
        (2, 3, 0, (0, 0, 1 / 3, 2 / 3, 1)),
        (2, 0.5, 0, (0, 0, 1, 1, 1)),
        (2, 2, 1, (0, 0, 0, 0.5, 1)),
        (1.5, 2, 0, (0, 0.25, 0.75, 1, 1)),
        (0, 2.5, 0, (0.4, 0.8, 1, 1, 1)),
        (5, 3, 0, (0, 0, 0, 0, 0)),
    ],
)
def test_a_ramp_reaches_its_part_at_the_end_of_each_month(
    begin: float, ramp: float, lag: float, levels: tuple[float, ...]
) -> None:
    assert Clock(5).ramp(figure(begin), figure(ramp), lag).value == pytest.approx(levels)


# Growth


def test_prices_move_at_the_contract_anniversary() -> None:
    assert Clock(26).yearly(figure(0.1)).value == pytest.approx((1,) * 12 + (1.1,) * 12 + (1.21,) * 2)


def test_a_rate_in_yearly_steps_is_compounded_year_by_year() -> None:
    rate = line(*[0.5] * 12, *[0.1] * 12, *[-0.2] * 2)
    assert Clock(26).yearly(rate).value == pytest.approx((1,) * 12 + (1.1,) * 12 + (0.88,) * 2)


def test_there_is_one_quantity_for_each_rate() -> None:
    clock, rate = Clock(26), figure(0.1)
    assert clock.yearly(rate) is clock.yearly(rate)
    assert clock.yearly(figure(0.1)) is not clock.yearly(rate)


def test_demand_grows_a_little_each_month() -> None:
    grown = Clock(25).smoothly(figure(0.21)).row
    assert (grown[0], grown[6], grown[12], grown[24]) == pytest.approx((1, 1.1, 1.21, 1.4641))


def test_the_mean_month_of_a_part_year_is_over_its_own_months() -> None:
    clock = Clock(14)
    assert clock.yearly_mean(line(*range(1, 15))).value == pytest.approx((6.5,) * 12 + (13.5,) * 2)


@pytest.mark.parametrize(
    ("first", "last", "counts"),
    [
        (None, None, (12, 2)),
        (3, None, (10, 2)),
        (None, 12, (12, 0)),
        (None, 13, (12, 1)),
        (3, 13, (10, 1)),
        (14, None, (0, 1)),
        (2.5, None, (10.5, 2)),
        (1, 99, (12, 2)),
    ],
)
def test_the_months_of_a_year_between_two_months_are_counted(
    first: float | None, last: float | None, counts: tuple[float, float]
) -> None:
    made = (
        Clock(14).months_of_year(None if first is None else figure(first), None if last is None else figure(last)).row
    )
    assert (made[0], made[-1]) == pytest.approx(counts)
    assert made[:12] == (made[0],) * 12


# Discounting


@pytest.mark.parametrize(("instant", "times"), [("end", (1, 2, 12)), ("mid", (0.5, 1.5, 11.5)), ("start", (0, 1, 11))])
def test_the_factor_counts_from_the_instant_within_the_month(instant: Instant, times: tuple[float, ...]) -> None:
    yearly = Clock(12).factor(figure(0.09), instant, "yearly").row
    monthly = Clock(12).factor(figure(0.09), instant, "monthly").row
    for month, t in zip((1, 2, 12), times, strict=True):
        assert yearly[month - 1] == pytest.approx(1.09 ** (-t / 12), rel=1e-14)
        assert monthly[month - 1] == pytest.approx(1.0075 ** (-t), rel=1e-14)


def test_without_a_rate_all_money_counts_alike() -> None:
    assert Clock(3).factor(figure(0), "end", "yearly").value == (1, 1, 1)


def worth(flows: list[float], rate: float, instant: Instant) -> float:
    """Present value of one payment a year, at the end of its last month or the start of its first."""
    clock = Clock(12 * len(flows))
    factor = clock.factor(figure(rate), instant, "yearly").row
    month = {"end": 11, "start": 0}[instant]
    return sum(flow * factor[12 * year + month] for year, flow in enumerate(flows))


# Published exercises in discounting, and what they print for payments at the end and at the start of each year.
@pytest.mark.parametrize(
    ("rate", "flows", "at_the_end", "at_the_start"),
    [
        (0.05, [1500, 2500, 3500, 4500, 6000], 15_122.89, 15_879.04),
        (0.08, [-1000, 500, 300, 800], 328.92, 355.23),
        (0.10, [-500_000, 200_000, 300_000, 200_000], 72_740.93, 80_015.03),
    ],
)
def test_published_present_values(rate: float, flows: list[float], at_the_end: float, at_the_start: float) -> None:
    assert worth(flows, rate, "end") == pytest.approx(at_the_end, abs=0.005)
    assert worth(flows, rate, "start") == pytest.approx(at_the_start, abs=0.005)


def test_a_published_loan_in_both_ways_of_compounding() -> None:
    # 200,000 paid back over 180 months at 7.5 %: a twelfth of the rate each month, or the rate effective a year
    clock, rate = Clock(180), figure(0.075)
    assert 200_000 / sum(clock.factor(rate, "end", "monthly").row) == pytest.approx(1854.02, abs=0.005)
    assert 200_000 / sum(clock.factor(rate, "end", "yearly").row) == pytest.approx(1826.17, abs=0.005)


def test_a_year_has_twelve_months_and_fifty_two_weeks() -> None:
    assert (MONTHS, WEEKS, HALF) == (12, 52, 0.5)
