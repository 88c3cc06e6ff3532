"""The general cost line by hand, in every form in which it can be written."""

from collections.abc import Callable, Mapping

import pytest

from bpocalc.model.book import Entry

Book = Callable[..., Mapping[str, tuple[float, ...]]]
Entries = Callable[..., Mapping[str, Entry]]

# 8 + 2 people, 500 units a month
SIDE = """
demand: {volume: 500, per: month}
in_house:
  teams: {a: {fte: 8, salary: 60_000}, b: {fte: 2, salary: 60_000}}
  costs: {x: {%s}}
"""


def line(book: Book, cost: str, **about: object) -> tuple[float, ...]:
    """A line of the in-house side."""
    return book(SIDE % cost, **about)["work.in_house.costs.x"]


def kept(book: Book, cost: str, share: str = "40%", **about: object) -> tuple[float, ...]:
    """What is kept of it when a share has gone from month 1 on."""
    away = f"options: {{away: {{location: PH, price: 1, per: month, share: {share}}}}}"
    return book(SIDE % cost + away, **about)["work.away.costs.x"]


def optional(book: Book, cost: str, transition: str = "months: 1, ramp: 2", **about: object) -> tuple[float, ...]:
    """A line of an option's own costs; 50 % of the work leaves."""
    return book(
        f"""
        demand: {{volume: 500, per: month}}
        in_house: {{teams: {{a: {{fte: 8, salary: 60_000}}, b: {{fte: 2, salary: 60_000}}}}}}
        options:
          away:
            {{location: PH, price: 1, per: month, share: 50%, transition: {{{transition}}}, costs: {{x: {{{cost}}}}}}}
        """,
        **about,
    )["work.away.costs.x"]


def item(book: Book, cost: str, transition: str, months: int = 8, **about: object) -> tuple[float, ...]:
    """A one-off item of a transition."""
    return book(
        f"""
        in_house: {{teams: {{a: {{fte: 8, salary: 60_000}}}}}}
        options:
          away: {{location: PH, price: 1, per: month, transition: {{{transition}, costs: {{x: {{{cost}}}}}}}}}
        """,
        months=months,
        **about,
    )["work.away.transition.x"]


# --- amounts for a period or a driver --------------------------------------------------------------------------------


def test_an_amount_a_month(book: Book) -> None:
    assert line(book, "amount: 1_000, per: month, avoidable: 0%") == (1_000, 1_000, 1_000)


def test_an_amount_a_year_is_paid_in_twelfths(book: Book) -> None:
    assert line(book, "amount: 12_000, per: year, avoidable: 0%") == (1_000, 1_000, 1_000)


def test_a_yearly_amount_paid_in_advance_is_cut_to_a_part_year(book: Book) -> None:
    # 12,000 in month 1; year 2 has two months in the scenario: 2,000 in month 13
    row = line(book, "amount: 12_000, per: year, paid: start, avoidable: 0%", months=14)
    assert row == pytest.approx((12_000,) + (0,) * 11 + (2_000, 0))


def test_a_yearly_amount_paid_in_arrears_is_cut_to_a_part_year(book: Book) -> None:
    # 12,000 in month 12, 2,000 in month 14
    row = line(book, "amount: 12_000, per: year, paid: end, avoidable: 0%", months=14)
    assert row == pytest.approx((0,) * 11 + (12_000, 0, 2_000))


def test_an_amount_a_unit(book: Book) -> None:
    # 500 · 0.22
    assert line(book, "amount: 0.22, per: unit, avoidable: 0%") == pytest.approx((110,) * 3)


@pytest.mark.parametrize("per", ["fte", "seat"])
def test_an_amount_a_head_or_a_seat(book: Book, per: str) -> None:
    # (8 + 2) · 95 a month
    assert line(book, f"amount: 95, per: {per}, avoidable: 0%") == (950, 950, 950)


def test_a_negative_amount_is_income(book: Book) -> None:
    assert line(book, "amount: -700, per: month, avoidable: 0%") == (-700, -700, -700)


def test_an_amount_moves_with_inflation_at_the_anniversary(book: Book) -> None:
    row = line(book, "amount: 1_000, per: month, avoidable: 0%", months=25, inflation="10%")
    assert [row[m - 1] for m in (12, 13, 25)] == pytest.approx([1_000, 1_100, 1_210])


def test_an_amount_s_own_growth_takes_the_place_of_inflation(book: Book) -> None:
    row = line(book, "amount: 1_000, per: month, growth: 2%, avoidable: 0%", months=13, inflation="10%")
    assert row[11:] == pytest.approx((1_000, 1_020))
    row = line(book, "amount: 1_000, per: month, growth: 0%, avoidable: 0%", months=13, inflation="10%")
    assert row[11:] == (1_000, 1_000)


def test_inflation_in_yearly_steps(book: Book) -> None:
    # year 2 + 10 %, year 3 + 20 % on top; the 5 % of year 1 is not applied
    row = line(book, "amount: 1_000, per: month, avoidable: 0%", months=25, inflation="{1: 5%, 2: 10%, 3: 20%}")
    assert [row[m - 1] for m in (1, 13, 25)] == pytest.approx([1_000, 1_100, 1_320])


def test_an_amount_in_yearly_steps(book: Book) -> None:
    row = line(book, "amount: {1: 1_000, 2: 800}, per: month, avoidable: 0%", months=13)
    assert row[11:] == (1_000, 800)


# --- from and until --------------------------------------------------------------------------------------------------


def test_a_line_holds_from_a_month_until_another(book: Book) -> None:
    row = line(book, "amount: 1_000, per: month, from: 2, until: 3, avoidable: 0%", months=5)
    assert row == (0, 1_000, 1_000, 0, 0)


def test_a_line_that_begins_in_the_middle_of_a_month_costs_half_of_it(book: Book) -> None:
    row = line(book, "amount: 1_000, per: month, from: 2.5, until: 3.5, avoidable: 0%", months=5)
    assert row == (0, 500, 1_000, 500, 0)


def test_a_line_that_begins_later_has_grown_since_month_1(book: Book) -> None:
    row = line(book, "amount: 1_000, per: month, from: 13, avoidable: 0%", months=13, inflation="10%")
    assert row[11:] == pytest.approx((0, 1_100))


def test_a_yearly_amount_is_for_the_months_of_the_year_in_which_it_holds(book: Book) -> None:
    # until month 15: all of year 1, 3 of the 12 months of year 2
    row = line(book, "amount: 12_000, per: year, paid: end, until: 15, avoidable: 0%", months=24)
    assert (row[11], row[23], sum(row)) == pytest.approx((12_000, 3_000, 15_000))
    # from month 7.5: 5.5 months of year 1, paid in advance
    row = line(book, "amount: 12_000, per: year, paid: start, from: 7.5, avoidable: 0%", months=24)
    assert (row[0], row[12], sum(row)) == pytest.approx((5_500, 12_000, 17_500))


def test_a_rate_holds_from_a_month_until_another(book: Book) -> None:
    # 10 % of 50,000
    row = line(book, "rate: 10%, of: pay, from: 2, until: 3, avoidable: 0%", months=4)
    assert row == (0, 5_000, 5_000, 0)


# --- once ------------------------------------------------------------------------------------------------------------


def test_once_in_a_month(book: Book) -> None:
    assert line(book, "amount: 900, per: once, month: 2") == (0, 900, 0)


def test_once_in_the_middle_of_two_months_is_split(book: Book) -> None:
    assert line(book, "amount: 900, per: once, month: 1.5") == (450, 450, 0)


def test_once_by_date(book: Book) -> None:
    # start in November 2027: January 2028 is month 3
    assert line(book, "amount: 900, per: once, date: 2028-01", start="2027-11") == (0, 0, 900)


def test_once_at_signature_and_at_the_end(book: Book) -> None:
    assert line(book, "amount: 900, per: once, at: signature") == (900, 0, 0)
    assert line(book, "amount: 900, per: once, at: end") == (0, 0, 900)


def test_a_month_makes_a_line_a_one_off(book: Book) -> None:
    assert line(book, "amount: 900, month: 2") == (0, 900, 0)


def test_what_is_paid_once_does_not_grow(book: Book) -> None:
    row = line(book, "amount: 900, per: once, month: 13", months=13, inflation="10%")
    assert row[12] == 900


def test_an_asset_sold_once_is_income(book: Book) -> None:
    assert line(book, "amount: -900, per: once, month: 2") == (0, -900, 0)


# --- what is kept ----------------------------------------------------------------------------------------------------


def test_a_monthly_amount_falls_with_the_share_as_far_as_it_is_avoidable(book: Book) -> None:
    # 1,000 − 50 % · (1,000 − 600)
    assert kept(book, "amount: 1_000, per: month, avoidable: 50%") == pytest.approx((800,) * 3)


def test_what_is_sunk_stays(book: Book) -> None:
    assert kept(book, "amount: 1_000, per: month, avoidable: 0%", share="100%") == (1_000, 1_000, 1_000)


def test_a_yearly_amount_falls_when_it_is_due(book: Book) -> None:
    # 12,000 at the start of the year, 40 % of the work away: 12,000 − 50 % · 4,800
    row = kept(book, "amount: 12_000, per: year, paid: start, avoidable: 50%", months=12)
    assert row == pytest.approx((9_600,) + (0,) * 11)


def test_an_amount_a_unit_follows_the_volume(book: Book) -> None:
    # 500 · 60 % · 2
    assert kept(book, "amount: 2, per: unit, avoidable: 100%") == pytest.approx((600,) * 3)


def test_an_amount_a_head_follows_the_heads(book: Book) -> None:
    # 10 · 60 % · 95
    assert kept(book, "amount: 95, per: fte, avoidable: 100%") == pytest.approx((570,) * 3)


def test_a_line_goes_after_its_removal(book: Book) -> None:
    # the work has gone in month 1, the line follows in month 3: 1,000 − 40 % · 1,000
    assert kept(book, "amount: 1_000, per: month, avoidable: 100%, removal: 2", months=4) == pytest.approx(
        (1_000, 1_000, 600, 600)
    )


def test_a_removal_of_half_a_month(book: Book) -> None:
    # free by half in month 1: 1,000 − 1,000 · 0.5
    row = kept(book, "amount: 1_000, per: month, avoidable: 100%, removal: 0.5", share="100%")
    assert row == pytest.approx((500, 0, 0))


def test_a_one_off_of_today_s_side_is_paid_in_any_option(book: Book) -> None:
    assert kept(book, "amount: 900, per: once, month: 2", share="100%") == (0, 900, 0)


def test_a_one_off_may_be_avoidable(book: Book) -> None:
    # 900 − 50 % · (900 − 540)
    assert kept(book, "amount: 900, per: once, month: 2, avoidable: 50%") == pytest.approx((0, 720, 0))


def test_income_from_today_s_side_is_lost_as_far_as_it_is_avoidable(book: Book) -> None:
    # −1,000 + 50 % · 400
    assert kept(book, "amount: -1_000, per: month, avoidable: 50%") == pytest.approx((-800,) * 3)


# --- costs of an option ----------------------------------------------------------------------------------------------


def test_an_amount_a_month_of_an_option_is_there_from_month_1(book: Book) -> None:
    assert optional(book, "amount: 1_000, per: month", months=4) == (1_000, 1_000, 1_000, 1_000)


def test_an_amount_a_unit_of_an_option_is_for_the_units_moved(book: Book) -> None:
    # 500 · (0, 25 %, 50 %, 50 %) · 2
    assert optional(book, "amount: 2, per: unit", months=4) == pytest.approx((0, 250, 500, 500))


def test_an_amount_a_head_of_an_option_is_for_the_people_whose_work_has_moved(book: Book) -> None:
    # 10 · (0, 25 %, 50 %, 50 %) · 95
    assert optional(book, "amount: 95, per: fte", months=4) == pytest.approx((0, 237.5, 475, 475))


def test_a_tax_of_an_option_is_a_rate_of_its_fees(book: Book) -> None:
    # the fee of 1 a month ramps up: 5 % of (0, 0.5, 1, 1)
    assert optional(book, "rate: 5%, of: fees", months=4) == pytest.approx((0, 0.025, 0.05, 0.05))


def test_a_one_off_of_an_option_hangs_on_its_go_live(book: Book) -> None:
    # the transition takes months 1 and 2: live in month 3
    assert optional(book, "amount: 900, at: go_live", "months: 2", months=4) == (0, 0, 900, 0)


def test_a_one_off_of_an_option_may_be_spread_over_its_transition(book: Book) -> None:
    # months 2 and 3
    assert optional(book, "amount: 900, spread: true", "start: 2, months: 2", months=4) == (0, 450, 450, 0)


def test_a_line_of_an_option_may_have_the_name_of_one_at_home(book: Book) -> None:
    # insurance 500 at home, none of it avoidable, and 700 for the option
    rows = book(
        """
        in_house:
          teams: {a: {fte: 8, salary: 60_000}}
          costs: {insurance: {amount: 500, per: month, avoidable: 0%}}
        options: {away: {location: PH, price: 1, per: month, costs: {insurance: {amount: 700, per: month}}}}
        """
    )
    assert rows["work.away.costs.insurance"] == (500, 500, 500)
    assert rows["work.away.more_costs.insurance"] == (700, 700, 700)


def test_a_line_may_have_the_name_of_a_kind_of_seat_or_a_team(book: Book) -> None:
    # all work leaves in month 1; 10 seats go two months later, 10 people one, the lines three months later
    rows = book(
        """
        in_house:
          teams: {a: {fte: 10, salary: 12_000, removal: 1}}
          workplace: {facilities: {per_seat: 1, avoidable: 100%, removal: 2}}
          costs:
            facilities: {amount: 500, per: month, avoidable: 100%, removal: 3}
            a: {amount: 300, per: month, avoidable: 100%, removal: 3}
        options: {away: {location: PH, price: 1, per: month}}
        """,
        months=5,
    )
    assert rows["work.away.pay.a"] == pytest.approx((10_000, 0, 0, 0, 0))
    assert rows["work.away.facilities"] == pytest.approx((10, 10, 0, 0, 0))
    assert rows["work.away.costs.facilities"] == pytest.approx((500, 500, 500, 0, 0))
    assert rows["work.away.costs.a"] == pytest.approx((300, 300, 300, 0, 0))


# --- items of a transition -------------------------------------------------------------------------------------------

# starts in month 2, takes three months, live in month 5, two months to full volume: ramped in month 6
SPAN = "start: 2, months: 3, ramp: 2"


@pytest.mark.parametrize(
    ("when", "month"),
    [
        ("per: once", 2),
        ("at: transition", 2),
        ("at: go_live", 5),
        ("at: ramped", 6),
        ("at: end", 8),
        ("at: signature", 1),
        ("month: 4", 4),
        ("date: 2027-03", 3),
        ("at: signature, after: 2", 3),
        ("at: transition, after: 1", 3),
        ("at: go_live, after: 2", 7),
        ("at: ramped, after: 1", 7),
    ],
)
def test_an_item_is_paid_at_its_event(book: Book, when: str, month: int) -> None:
    row = item(book, f"amount: 900, {when}", SPAN)
    assert row == tuple(900 if m == month else 0 for m in range(1, 9))


def test_an_item_of_a_ramp_of_no_months_is_ramped_at_go_live(book: Book) -> None:
    assert item(book, "amount: 900, at: ramped", "start: 2, months: 1")[:4] == (0, 0, 900, 0)


def test_an_item_moves_with_a_start_in_the_middle_of_a_month(book: Book) -> None:
    # live in 2.5 + 2 = 4.5: half in month 4, half in month 5
    assert item(book, "amount: 900, at: go_live", "start: 2.5, months: 2", 6) == (0, 0, 0, 450, 450, 0)


def test_an_item_is_spread_over_the_transition(book: Book) -> None:
    # months 2, 3 and 4
    assert item(book, "amount: 900, spread: true", SPAN, 6) == pytest.approx((0, 300, 300, 300, 0, 0))


def test_an_item_spread_from_the_middle_of_a_month(book: Book) -> None:
    # two months from 2.5: a quarter, a half, a quarter
    assert item(book, "amount: 900, spread: true", "start: 2.5, months: 2", 6) == pytest.approx(
        (0, 225, 450, 225, 0, 0)
    )


def test_an_item_does_not_grow(book: Book) -> None:
    assert item(book, "amount: 900, month: 13", "months: 1", 13, inflation="10%")[12] == 900


def test_a_transition_team_is_paid_in_every_month_in_which_it_works(book: Book) -> None:
    # 5,000 in months 2, 3 and 4
    row = item(book, "amount: 5_000, per: month, from: 2, until: 4", SPAN, 6)
    assert row == (0, 5_000, 5_000, 5_000, 0, 0)


def test_a_contingency_is_a_share_of_the_items_before_it(book: Book) -> None:
    # 10 % of 900 in month 1 and of 600 in month 2
    rows = book(
        """
        in_house: {teams: {a: {fte: 8, salary: 60_000}}}
        options:
          away:
            location: PH
            price: 1
            per: month
            transition:
              months: 1
              costs:
                selection: {amount: 900}
                training: {amount: 600, at: go_live}
                contingency: {rate: 10%, of: transition}
        """
    )
    assert rows["work.away.transition.contingency"] == pytest.approx((90, 60, 0))


def test_an_item_of_the_common_transition_of_several_legs(book: Book) -> None:
    rows = book(
        """
        in_house: {teams: {a: {fte: 8, salary: 60_000}}}
        options:
          away:
            legs: {l: {location: PH, price: 1, per: month, transition: {months: 1}}}
            transition: {costs: {legal: {amount: 900, month: 2}, signing: {amount: 300, at: signature}}}
        """
    )
    assert rows["work.away.transition.legal"] == (0, 900, 0)
    assert rows["work.away.transition.signing"] == (300, 0, 0)


# --- what a line is called and when it counts ------------------------------------------------------------------------


def entry(entries: Entries, cost: str) -> Entry:
    return entries(SIDE % cost)["work.in_house.costs.x"]


def test_a_line_is_added_up_under_other_or_under_transition_when_paid_once(entries: Entries) -> None:
    assert entry(entries, "amount: 1, per: month, avoidable: 0%").category == "other"
    assert entry(entries, "amount: 1, per: once, month: 1").category == "transition"
    assert entry(entries, "amount: 1, per: month, avoidable: 0%, category: risk").category == "risk"


def test_a_line_is_once_or_not_soft_or_not(entries: Entries) -> None:
    run = entry(entries, "amount: 1, per: month, avoidable: 0%, soft: true")
    once = entry(entries, "amount: 1, month: 1")
    assert (run.once, run.soft) == (False, True)
    assert (once.once, once.soft) == (True, False)


def test_the_instant_of_a_payment(entries: Entries) -> None:
    # in advance and at signature: the start of the month; in arrears: its end; else as the scenario says
    assert entry(entries, "amount: 1, per: year, paid: start, avoidable: 0%").instant == "start"
    assert entry(entries, "amount: 1, per: year, paid: end, avoidable: 0%").instant == "end"
    assert entry(entries, "amount: 1, at: signature").instant == "start"
    assert entry(entries, "amount: 1, per: month, avoidable: 0%").instant is None
