"""Charges by hand: every kind, at its base price."""

from collections.abc import Callable, Mapping

import pytest

Book = Callable[..., Mapping[str, tuple[float, ...]]]

# 10 agents and 2 clerks, 1,000 units a month; live in month 2, two months to full volume
HOME = """
demand: {volume: %s, per: month}
in_house: {teams: {agents: {fte: 10, salary: 60_000}, clerks: {fte: 2, salary: 60_000}}}
options:
  away:
    location: PH
    share: %s
    transition: {months: 1, ramp: 2}
    charges: {c: {%s}}
"""


def charged(book: Book, charge: str, share: str = "100%", volume: str = "1_000", **about: object) -> tuple[float, ...]:
    return book(HOME % (volume, share, charge), **({"months": 4} | about))["work.away.charges.c"]


# --- per FTE ---------------------------------------------------------------------------------------------------------


def test_a_price_for_each_of_the_people_whose_work_has_moved(book: Book) -> None:
    # 12 people · 60 % · (0, 1/2, 1, 1) · 2,000
    assert charged(book, "kind: per_fte, price: 2_000", "60%") == pytest.approx((0, 7_200, 14_400, 14_400))


def test_a_price_for_the_people_of_some_teams(book: Book) -> None:
    # the 10 agents alone
    assert charged(book, "kind: per_fte, price: 2_000, teams: [agents]") == pytest.approx((0, 10_000, 20_000, 20_000))


def test_a_provider_may_need_more_people_for_the_same_work(book: Book) -> None:
    # 12 · 1.25 · 2,000
    assert charged(book, "kind: per_fte, price: 2_000, fte_ratio: 1.25")[3] == pytest.approx(30_000)


def test_a_stated_number_of_people_ramps_up(book: Book) -> None:
    # 8 · (0, 1/2, 1, 1) · 2,000, whatever the share: they are the people of this leg
    assert charged(book, "kind: per_fte, price: 2_000, fte: 8", "60%") == (0, 8_000, 16_000, 16_000)


def test_a_price_for_a_person_and_year(book: Book) -> None:
    # 8 · 24,000 / 12
    assert charged(book, "kind: per_fte, price: 24_000, per: year, fte: 8")[3] == 16_000


def test_people_billed_follow_the_volume_of_the_home_side(book: Book) -> None:
    # 1,000 units, 100 a head: 10; the fixed side would stay
    rows = book(
        """
        demand: {volume: 1_000, per: month, growth: 21%}
        in_house: {teams: {agents: {units_per_fte: 100, salary: 60_000}}}
        options: {away: {location: PH, share: 50%, charges: {c: {kind: per_fte, price: 2_000}}}}
        """,
        months=13,
    )
    assert [rows["work.away.charges.c"][m - 1] for m in (1, 7, 13)] == pytest.approx([10_000, 11_000, 12_100])


# --- per hour --------------------------------------------------------------------------------------------------------


def test_a_price_for_stated_hours_ramps_up(book: Book) -> None:
    # 100 h · (0, 1/2, 1, 1) · 30
    assert charged(book, "kind: per_hour, price: 30, hours: 100") == (0, 1_500, 3_000, 3_000)


def test_paying_for_hours_at_80_per_cent_utilisation_costs_a_quarter_more(book: Book) -> None:
    # 100 / 80 % = 125 h · 30
    assert charged(book, "kind: per_hour, price: 30, hours: 100, utilisation: 80%")[3] == pytest.approx(3_750)


def test_hours_from_the_provider_s_handling_time(book: Book) -> None:
    # 1,000 · 60 % · 6 min = 60 h / 80 % = 75 h · 30
    charge = "kind: per_hour, price: 30, handling_time: 6 min, utilisation: 80%"
    assert charged(book, charge, "60%") == pytest.approx((0, 1_125, 2_250, 2_250))


def test_stated_hours_in_yearly_steps(book: Book) -> None:
    assert charged(book, "kind: per_hour, price: 30, hours: {1: 100, 2: 90}", months=13)[11:] == (3_000, 2_700)


# --- per unit, fixed -------------------------------------------------------------------------------------------------


def test_a_price_for_each_unit_moved(book: Book) -> None:
    # 1,000 · 40 % · (0, 1/2, 1, 1) · 2.50
    assert charged(book, "kind: per_unit, price: 2.5", "40%") == pytest.approx((0, 500, 1_000, 1_000))


def test_no_units_cost_nothing(book: Book) -> None:
    assert charged(book, "kind: per_unit, price: 2.5", volume="0") == (0, 0, 0, 0)


def test_a_price_in_yearly_steps(book: Book) -> None:
    assert charged(book, "kind: per_unit, price: {1: 2.5, 2: 2.25}", months=13)[11:] == pytest.approx((2_500, 2_250))


def test_a_fixed_fee_ramps_up_and_does_not_know_the_share(book: Book) -> None:
    assert charged(book, "kind: fixed, amount: 9_000", "40%") == (0, 4_500, 9_000, 9_000)


def test_a_fixed_fee_a_year_is_paid_in_twelfths(book: Book) -> None:
    assert charged(book, "kind: fixed, amount: 108_000, per: year") == (0, 4_500, 9_000, 9_000)


def test_inflation_does_not_touch_a_charge(book: Book) -> None:
    assert charged(book, "kind: fixed, amount: 9_000", months=13, inflation="10%")[12] == 9_000


@pytest.mark.parametrize(
    ("price", "per", "expected"),
    [
        ("2_000", "fte_month", 24_000),  # 12 people
        ("24_000", "fte_year", 24_000),
        ("2.5", "unit", 2_500),
        ("9_000", "month", 9_000),
        ("108_000", "year", 9_000),
    ],
)
def test_the_short_forms_of_a_charge(book: Book, price: str, per: str, expected: float) -> None:
    rows = book(
        f"""
        demand: {{volume: 1_000, per: month}}
        in_house: {{teams: {{a: {{fte: 12, salary: 60_000}}}}}}
        options: {{away: {{location: PH, price: {price}, per: {per}}}}}
        """
    )
    assert rows["work.away.fees"] == pytest.approx((expected,) * 3)


def test_charges_add_up(book: Book) -> None:
    # 500 + 2.5 · 1,000
    rows = book(
        """
        demand: {volume: 1_000, per: month}
        in_house: {teams: {a: {fte: 12, salary: 60_000}}}
        options:
          away:
            location: PH
            charges: {base: {kind: fixed, amount: 500}, calls: {kind: per_unit, price: 2.5}}
        """
    )
    assert rows["work.away.fees"] == (3_000, 3_000, 3_000)


# --- cost plus -------------------------------------------------------------------------------------------------------

OWN = "kind: cost_plus, margin: 20%, burden: 10%, teams: {p: {fte: 5, salary: 24_000}}"


def test_the_provider_s_own_people_with_a_margin(book: Book) -> None:
    # 5 · 2,000 = 10,000, burden 1,000: 11,000 · 1.20, by half in month 2
    assert charged(book, OWN) == pytest.approx((0, 6_600, 13_200, 13_200))


def test_the_provider_s_seats_and_overhead_carry_the_margin_too(book: Book) -> None:
    # 11,000 + 5 · 200 + 10 % of 11,000 + 900 = 14,000; · 1.20
    rest = "workplace: {facilities: {per_seat: 200}}, costs: {overhead: {rate: 10%, of: personnel}, "
    rest += "licence: {amount: 900, per: month}}"
    assert charged(book, f"{OWN}, {rest}") == pytest.approx((0, 8_400, 16_800, 16_800))


def test_the_provider_s_people_follow_the_units_moved(book: Book) -> None:
    # 1,000 · 60 % · (0, 1/2, 1) / 100 = 0, 3, 6 people · 2,000 · 1.20
    charge = "kind: cost_plus, margin: 20%, teams: {p: {units_per_fte: 100, salary: 24_000}}"
    assert charged(book, charge, "60%") == pytest.approx((0, 7_200, 14_400, 14_400))


def test_the_provider_starts_without_people_and_hires_them(book: Book) -> None:
    # 2.5 join in month 2 and 2.5 in month 3, 1,000 each; 24 % attrition: month 3 replaces 0.05 of 2.5, month 4 0.1 of 5
    charge = "kind: cost_plus, margin: 0%, teams: {p: {fte: 5, salary: 24_000, cost_per_hire: 1_000, attrition: 24%}}"
    # pay 0, 5,000, 10,000, 10,000
    assert charged(book, charge) == pytest.approx((0, 7_500, 12_550, 10_100))


def test_the_provider_s_wages_grow_and_its_other_costs_inflate(book: Book) -> None:
    # 10,000 · 1.05 + 1,000 · 1.10 = 11,600
    charge = "kind: cost_plus, margin: 0%, wage_growth: 5%, teams: {p: {fte: 5, salary: 24_000}}, "
    charge += "costs: {rent: {amount: 1_000, per: month}}"
    assert charged(book, charge, months=13, inflation="10%")[11:] == pytest.approx((11_000, 11_600))


def test_the_provider_s_equipment_is_bought_at_go_live(book: Book) -> None:
    # 2.5 people in month 2, 2.5 in month 3, 1,200 each; a 24th a month of what was there: 0, 0, 2.5, 5 · 50
    charge = "kind: cost_plus, margin: 0%, teams: {p: {fte: 5, salary: 0}}, "
    charge += "workplace: {equipment: {price: 1_200, life: 24}}"
    assert charged(book, charge) == pytest.approx((0, 3_000, 3_125, 250))


# --- tiers -----------------------------------------------------------------------------------------------------------

TIERS = "tiers: [{above: 0, price: 3}, {above: 100, price: 2}, {above: 200, price: 1}]"


def tiered(book: Book, by: str, volume: str, month: int = 4, share: str = "100%") -> float:
    return charged(book, f"kind: tiered, by: {by}, {TIERS}", share, volume)[month - 1]


def test_tiers_by_slice(book: Book) -> None:
    # 100 · 3 + 100 · 2 + 50 · 1
    assert tiered(book, "slice", "250") == pytest.approx(550)
    # 100 · 3 + 50 · 2
    assert tiered(book, "slice", "150") == pytest.approx(400)
    assert tiered(book, "slice", "60") == pytest.approx(180)


def test_one_price_for_all_units(book: Book) -> None:
    # 250 · 1; 150 · 2; 60 · 3
    assert tiered(book, "whole", "250") == pytest.approx(250)
    assert tiered(book, "whole", "150") == pytest.approx(300)
    assert tiered(book, "whole", "60") == pytest.approx(180)


def test_a_tier_begins_above_its_edge(book: Book) -> None:
    # exactly 100 units are 3 each, 101 are 2 each
    assert tiered(book, "whole", "100") == pytest.approx(300)
    assert tiered(book, "whole", "101") == pytest.approx(202)
    assert tiered(book, "slice", "100") == pytest.approx(300)


def test_an_edge_does_not_hang_on_the_last_bit(book: Book) -> None:
    # 10 % of 3 units is 0.30000000000000004 in floating point, and not above 0.3: 0.3 · 3
    tiers = "kind: tiered, by: whole, tiers: [{above: 0, price: 3}, {above: 0.3, price: 2}]"
    assert charged(book, tiers, "10%", "3")[3] == pytest.approx(0.9)


def test_no_units_in_any_tier(book: Book) -> None:
    assert tiered(book, "slice", "0") == 0
    assert tiered(book, "whole", "0") == 0


def test_tiers_count_the_units_of_the_leg(book: Book) -> None:
    # 50 % of 500: 250
    assert tiered(book, "slice", "500", share="50%") == pytest.approx(550)


def test_edges_grow_with_the_ramp(book: Book) -> None:
    # month 2 at a half: 125 units, edges at 50 and 100: 50 · 3 + 50 · 2 + 25 · 1
    assert tiered(book, "slice", "250", month=2) == pytest.approx(275)
    # one price: 125 is above 100
    assert tiered(book, "whole", "250", month=2) == pytest.approx(125)
    assert tiered(book, "slice", "250", month=1) == 0


def by_the_year(book: Book, by: str, volume: str = "50", months: int = 14, live: int = 1) -> tuple[float, ...]:
    return book(
        f"""
        demand: {{volume: {volume}, per: month}}
        in_house: {{teams: {{a: {{fte: 12, salary: 60_000}}}}}}
        options:
          away:
            location: PH
            transition: {{months: {live - 1}}}
            charges:
              c: {{kind: tiered, by: {by}, period: year, tiers: [{{above: 0, price: 3}}, {{above: 240, price: 2}}]}}
        """,
        months=months,
    )["work.away.charges.c"]


def test_tiers_of_a_year_are_charged_in_proportion_to_the_month(book: Book) -> None:
    # 600 units: 240 · 3 + 360 · 2 = 1,440, a twelfth of it each month
    # year 2 has two months: the edge is at 40 of 100 units: 40 · 3 + 60 · 2 = 240, half each
    assert by_the_year(book, "slice") == pytest.approx((120,) * 14)


def test_one_price_for_all_units_of_a_year(book: Book) -> None:
    # 600 > 240 and 100 > 40: all at 2
    assert by_the_year(book, "whole") == pytest.approx((100,) * 14)


def test_edges_of_a_year_in_which_the_work_goes_live_are_in_proportion(book: Book) -> None:
    # live in month 7: 300 units, the edge at 240 · 6 / 12 = 120: 360 + 360 = 720, a sixth a month
    assert by_the_year(book, "slice", months=12, live=7) == pytest.approx((0,) * 6 + (120,) * 6)


def test_a_year_without_units_costs_nothing(book: Book) -> None:
    assert by_the_year(book, "slice", volume="0") == (0,) * 14
