"""Rate lines by hand: what they are a rate of, and what is kept of them."""

from collections.abc import Callable, Mapping

import pytest

Book = Callable[..., Mapping[str, tuple[float, ...]]]

# pay 50,000 + 10,000, burden 20 % of the first 10,000, premium 5 % of the second 500, seats 12 · 100 = 1,200
SIDE = """
in_house:
  teams: {{a: {{fte: 10, salary: 60_000, burden: 20%}}, b: {{fte: 2, salary: 60_000, premium: 5%}}}}
  workplace: {{facilities: {{per_seat: 100, avoidable: 100%}}}}
  costs: {{rent: {{amount: 2_000, per: month, avoidable: 0%, category: property}}, {costs}}}
{options}
"""


def rate(book: Book, of: str, share: str = "10%", avoidable: str = "0%") -> float:
    costs = f"x: {{rate: {share}, of: {of}, avoidable: {avoidable}}}"
    return book(SIDE.format(costs=costs, options=""))["work.in_house.costs.x"][1]


def test_a_rate_of_pay(book: Book) -> None:
    # 10 % of 60,000
    assert rate(book, "pay") == pytest.approx(6_000)


def test_a_rate_of_personnel_is_pay_burden_and_premium(book: Book) -> None:
    # 10 % of 60,000 + 10,000 + 500
    assert rate(book, "personnel") == pytest.approx(7_050)


def test_hiring_and_bonus_are_personnel_too(book: Book) -> None:
    # 100 · 2 % = 2 hires · 3,000 = 6,000; bonus 100 · 1,200 / 12 = 10,000; pay 500,000: 10 % of 516,000
    rows = book(
        """
        in_house:
          teams: {a: {fte: 100, salary: 60_000, attrition: 24%, cost_per_hire: 3_000, bonus: 1_200}}
          costs: {x: {rate: 10%, of: personnel, avoidable: 0%}}
        """
    )
    assert rows["work.in_house.costs.x"] == pytest.approx((51_600,) * 3)


def test_a_rate_of_a_category_of_lines(book: Book) -> None:
    # 10 % of the seats; 10 % of the rent
    assert rate(book, "workplace") == pytest.approx(120)
    assert rate(book, "property") == pytest.approx(200)


def test_a_rate_of_one_line_by_its_name(book: Book) -> None:
    assert rate(book, "rent") == pytest.approx(200)
    assert rate(book, "burden") == pytest.approx(1_000)
    assert rate(book, "facilities") == pytest.approx(120)


def test_a_rate_of_all_lines_of_a_team(book: Book) -> None:
    # 10 % of 50,000 + 10,000
    assert rate(book, "a") == pytest.approx(6_000)


def test_a_rate_of_a_list_counts_each_line_once(book: Book) -> None:
    # pay 60,000 and rent 2,000; pay is in personnel already: 70,500 + 2,000
    assert rate(book, "[pay, rent]") == pytest.approx(6_200)
    assert rate(book, "[personnel, pay, rent]") == pytest.approx(7_250)


def test_a_rate_of_run_is_of_all_lines_before_it_but_one_offs(book: Book) -> None:
    # 70,500 + 1,200 + 2,000 = 73,700; neither the move (once) nor what comes later
    costs = "move: {amount: 9_000, per: once, month: 2}, x: {rate: 10%, of: run, avoidable: 0%}, "
    costs += "later: {amount: 500, per: month, avoidable: 0%}"
    assert book(SIDE.format(costs=costs, options=""))["work.in_house.costs.x"] == pytest.approx((7_370,) * 3)


def test_a_rate_of_a_rate_before_it(book: Book) -> None:
    # 5 % of 10 % of 60,000
    costs = "admin: {rate: 10%, of: pay, avoidable: 0%}, x: {rate: 5%, of: admin, avoidable: 0%}"
    assert book(SIDE.format(costs=costs, options=""))["work.in_house.costs.x"] == pytest.approx((300,) * 3)


def test_a_rate_in_yearly_steps(book: Book) -> None:
    # 10 % of 60,000, then 12 %
    costs = "x: {rate: {1: 10%, 2: 12%}, of: pay, avoidable: 0%}"
    assert book(SIDE.format(costs=costs, options=""), months=13)["work.in_house.costs.x"][11:] == pytest.approx(
        (6_000, 7_200)
    )


def test_a_rate_does_not_grow_by_itself(book: Book) -> None:
    costs = "x: {rate: 10%, of: pay, avoidable: 0%}"
    row = book(SIDE.format(costs=costs, options=""), months=13, inflation="10%")["work.in_house.costs.x"]
    assert row[12] == pytest.approx(6_000)


def test_a_negative_rate_is_a_subsidy(book: Book) -> None:
    assert rate(book, "pay", "-10%") == pytest.approx(-6_000)


# --- kept ------------------------------------------------------------------------------------------------------------


def kept(
    book: Book, cost: str, rest: str = "", share: str = "40%", transition: str = "", months: int = 3
) -> list[float]:
    away = f"location: PH, price: 1_000, per: month, share: {share}, transition: {{{transition}}}{rest}"
    rows = book(SIDE.format(costs=f"x: {{{cost}}}", options=f"options: {{away: {{{away}}}}}"), months=months)
    return list(rows["work.away.costs.x"])


def test_what_leaves_is_taken_off_once(book: Book) -> None:
    # 40 % of the people go: 60 % of 70,500 is 42,300; 10 % of it, and not 10 % · 42,300 · 60 %
    assert kept(book, "rate: 10%, of: personnel, avoidable: 100%") == pytest.approx([4_230] * 3)


def test_half_avoidable_overhead_falls_by_half(book: Book) -> None:
    # 7,050 − 50 % · (7,050 − 4,230)
    assert kept(book, "rate: 10%, of: personnel, avoidable: 50%") == pytest.approx([5_640] * 3)


def test_allocated_overhead_stays(book: Book) -> None:
    assert kept(book, "rate: 10%, of: personnel, avoidable: 0%", share="100%") == pytest.approx([7_050] * 3)


def test_overhead_on_a_base_that_stays_stays(book: Book) -> None:
    # the rent is a monthly amount: for 60 % of the work it would be 1,200, although the rent itself is not avoidable
    # 200 − 100 % · (200 − 10 % · 1,200)
    assert kept(book, "rate: 10%, of: rent, avoidable: 100%") == pytest.approx([120] * 3)


def test_overhead_falls_after_its_removal(book: Book) -> None:
    # live in month 2, the overhead follows in month 4
    row = kept(book, "rate: 10%, of: personnel, avoidable: 100%, removal: 2", transition="months: 1", months=5)
    assert row == pytest.approx([7_050, 7_050, 7_050, 4_230, 4_230])


def test_overhead_is_not_on_retained_people_or_fees(book: Book) -> None:
    # 10 % of the home lines before it: 70,500 + 1,200 + 2,000; of what stays 60 %
    rest = ", retained: {teams: {m: {fte: 5, salary: 90_000}}}"
    assert kept(book, "rate: 10%, of: personnel, avoidable: 100%", rest) == pytest.approx([4_230] * 3)
    assert kept(book, "rate: 10%, of: run, avoidable: 100%", rest) == pytest.approx([4_422] * 3)


def test_a_chain_of_rates_takes_off_once_as_well(book: Book) -> None:
    # admin 10 % of pay, levy 50 % of admin: full 3,000; for 60 % of the work 1,800
    costs = "admin: {rate: 10%, of: pay, avoidable: 100%}, x: {rate: 50%, of: admin, avoidable: 100%}"
    away = "options: {away: {location: PH, price: 1, per: month, share: 40%}}"
    rows = book(SIDE.format(costs=costs, options=away))
    assert rows["work.away.costs.admin"] == pytest.approx((3_600,) * 3)
    assert rows["work.away.costs.x"] == pytest.approx((1_800,) * 3)


def test_hiring_in_the_base_is_that_of_the_work_that_stays(book: Book) -> None:
    # 100 people, 2 % leave a month, 3,000 a hire, 40 % of the work away in month 2, overhead 10 % of personnel,
    # avoidable. Pay 1,000 a head. Full: 100,000 + 6,000. Month 2 for what stays: 60,000, nobody hired; month 3:
    # 60,000 + 1.2 · 3,000
    rows = book(
        """
        in_house:
          teams: {a: {fte: 100, salary: 12_000, attrition: 24%, cost_per_hire: 3_000}}
          costs: {x: {rate: 10%, of: personnel, avoidable: 100%}}
        options: {away: {location: PH, price: 1, per: month, share: 40%, transition: {months: 1}}}
        """
    )
    assert rows["work.in_house.costs.x"] == pytest.approx((10_600,) * 3)
    assert rows["work.away.costs.x"] == pytest.approx((10_600, 6_000, 6_360))


# --- rates of an option ----------------------------------------------------------------------------------------------


def test_an_option_s_rate_of_fees(book: Book) -> None:
    # 3 % of 10,000
    rows = book(
        """
        in_house: {teams: {a: {fte: 1, salary: 60_000}}}
        options: {away: {location: PH, price: 10_000, per: month, costs: {vat: {rate: 3%, of: fees, category: tax}}}}
        """
    )
    assert rows["work.away.costs.vat"] == pytest.approx((300,) * 3)


def test_an_option_s_rate_of_several_legs_is_of_all_fees(book: Book) -> None:
    # 3 % of 10,000 + 6,000
    rows = book(
        """
        in_house: {teams: {a: {fte: 1, salary: 60_000}}}
        options:
          away:
            legs:
              l: {location: PH, share: 50%, price: 10_000, per: month}
              r: {location: IN, share: 50%, price: 6_000, per: month}
            costs: {vat: {rate: 3%, of: fees}, insurance: {rate: 1%, of: personnel}}
            retained: {teams: {m: {fte: 2, salary: 60_000}}}
        """
    )
    assert rows["work.away.costs.vat"] == pytest.approx((480,) * 3)
    # the retained people alone are left: 1 % of 10,000
    assert rows["work.away.costs.insurance"] == pytest.approx((100,) * 3)
