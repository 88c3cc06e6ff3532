"""Pay by location by hand: what holds, in order: the team, its side, the scenario's locations, the reference data."""

from collections.abc import Callable, Mapping

import pytest

Book = Callable[..., Mapping[str, tuple[float, ...]]]


def at_home(
    book: Book, team: str = "", side: str = "", locations: str = "", location: str = "US"
) -> tuple[float, float, float]:
    """Monthly pay, burden and the pay of year 2 of one representative."""
    rows = book(
        f"""
        in_house:
          location: {location}
          paid_hours: 2_080
          {side}
          teams: {{t: {{role: customer_service_rep, fte: 1{team}}}}}
        """,
        months=13,
        top=f"locations: {{US: {{{locations}}}}}" if locations else "",
    )
    paid = rows["work.in_house.pay.t"]
    return paid[0], rows["work.in_house.burden.t"][0], paid[12]


def test_a_role_takes_wage_burden_and_wage_growth_of_its_location(book: Book) -> None:
    # 22.40 · 2,080 = 46,592 a year; 6.2 % and 1.45 % of it and 0.6 % of 7,000: 2,888.704 + 675.584 + 42 = 3,606.288
    # wages + 2.69 % in year 2
    assert at_home(book) == pytest.approx((3_882.666667, 300.524, 3_987.1104))


def test_the_scenario_says_of_a_location_what_the_reference_data_do_not(book: Book) -> None:
    # 20 · 2,080 / 12; 25 %; + 5 %
    says = "wages: {customer_service_rep: 20}, burden: 25%, wage_growth: 5%"
    assert at_home(book, locations=says) == pytest.approx((3_466.666667, 866.666667, 3_640))


def test_each_figure_of_a_location_is_replaced_by_itself(book: Book) -> None:
    # the wage is still 22.40, the wage growth still 2.69 %
    assert at_home(book, locations="burden: 25%") == pytest.approx((3_882.666667, 970.666667, 3_987.1104))
    assert at_home(book, locations="wage_growth: 5%") == pytest.approx((3_882.666667, 300.524, 4_076.8))


def test_a_side_goes_before_the_scenario_s_location(book: Book) -> None:
    # 30 % of 3,882.67; no growth
    side = "burden: 30%\n          wage_growth: 0%"
    found = at_home(book, side=side, locations="burden: 25%, wage_growth: 5%")
    assert found == pytest.approx((3_882.666667, 1_164.8, 3_882.666667))


def test_a_team_goes_before_its_side_and_its_location(book: Book) -> None:
    # 18 · 2,080 / 12 = 3,120; 10 %; + 10 %
    found = at_home(
        book,
        team=", wage: 18, burden: 10%, wage_growth: 10%",
        side="burden: 30%",
        locations="wages: {customer_service_rep: 20}, burden: 25%, wage_growth: 5%",
    )
    assert found == pytest.approx((3_120, 312, 3_432))


def test_a_team_with_a_salary_of_its_own_still_takes_the_burden_of_its_location(book: Book) -> None:
    # 60,000: 6.2 % 3,720 + 1.45 % 870 + 42 = 4,632 a year
    assert at_home(book, team=", salary: 60_000") == pytest.approx((5_000, 386, 5_134.5))


def test_a_side_s_burden_in_parts_goes_before_one_figure_of_the_location(book: Book) -> None:
    # 10 % of 20,000 and 1 % of 46,592: 2,465.92 a year
    side = "burden: {pension: {rate: 10%, up_to: 20_000}, levy: {rate: 1%}}"
    assert at_home(book, side=side, locations="burden: 25%")[1] == pytest.approx(205.493333)


def test_a_team_s_single_burden_goes_before_the_side_s_parts(book: Book) -> None:
    side = "burden: {pension: {rate: 10%, up_to: 20_000}}"
    assert at_home(book, team=", salary: 60_000, burden: 10%", side=side)[1] == pytest.approx(500)


def test_paid_hours_of_a_team_go_before_those_of_its_side(book: Book) -> None:
    # 22.40 · 1,800 / 12
    assert at_home(book, team=", paid_hours: 1_800")[0] == pytest.approx(3_360)


def test_a_monthly_reference_salary_is_twelve_a_year_and_converted(book: Book) -> None:
    # 22,903 PHP · 12 = 274,836 a year. Burden: 10 % (below 420,000), 2.5 % (below 1,200,000), 2 % of 120,000 and
    # 8.33 %: 27,483.60 + 6,870.90 + 2,400 + 22,893.8388 = 59,648.3388. One PHP is 0.02 dollars.
    rows = book(
        "in_house: {location: PH, teams: {t: {role: general_office_clerk, fte: 1}}}",
        top="fx: {PHP: 0.02}",
    )
    assert rows["work.in_house.pay.t"] == pytest.approx((458.06,) * 3)
    assert rows["work.in_house.burden.t"] == pytest.approx((99.413898,) * 3)


def test_a_role_without_a_wage_of_its_own_takes_that_of_its_group(book: Book) -> None:
    # clerical support in Spain: 11.70 EUR · 2,080 / 12; burden 30.65 %, pay 24,336 is below the bound of 61,214.40
    assert at_home(book, location="ES")[:2] == pytest.approx((2_028 * 1.15792, 621.582 * 1.15792))


def test_a_location_of_the_scenario_s_own(book: Book) -> None:
    # 8 · 1,800 / 12 = 1,200; 40 %
    rows = book(
        "in_house: {location: CO, paid_hours: 1_800, teams: {t: {role: customer_service_rep, fte: 1}}}",
        top="locations: {CO: {title: Colombia, wages: {customer_service_rep: 8}, burden: 40%}}",
    )
    assert rows["work.in_house.pay.t"] == pytest.approx((1_200,) * 3)
    assert rows["work.in_house.burden.t"] == pytest.approx((480,) * 3)


def test_a_burden_in_parts_of_the_scenario_s_location(book: Book) -> None:
    # 1,200 a month, 14,400 a year; 10 % above 4,400 = 1,000 a year
    rows = book(
        "in_house: {location: CO, paid_hours: 1_800, teams: {t: {wage: 8, fte: 1}}}",
        top="locations: {CO: {title: Colombia, burden: {pension: {rate: 10%, above: 4_400}}}}",
    )
    assert rows["work.in_house.burden.t"] == pytest.approx((83.333333,) * 3)


def test_a_team_without_a_role_takes_nothing_from_the_reference_data(book: Book) -> None:
    rows = book("in_house: {location: US, teams: {t: {salary: 60_000, fte: 1}}}", months=13)
    assert rows["work.in_house.burden.t"] == (0,) * 13
    assert rows["work.in_house.pay.t"] == (5_000,) * 13


def test_retained_people_are_paid_as_at_home(book: Book) -> None:
    # 22.40 · 2,080 / 12, and not what the provider's location pays
    rows = book(
        """
        in_house: {location: US, paid_hours: 2_080, teams: {t: {fte: 1, salary: 60_000}}}
        options:
          away:
            location: PH
            price: 1
            per: month
            retained: {teams: {m: {role: customer_service_rep, fte: 1}}}
        """
    )
    assert rows["work.away.retained.pay.m"] == pytest.approx((3_882.666667,) * 3)
    assert rows["work.away.retained.burden.m"] == pytest.approx((300.524,) * 3)


def test_the_provider_s_people_are_paid_as_at_its_location(book: Book) -> None:
    # 22,903 · 12 PHP · 0.02 / 12 = 458.06 and burden 99.413898 each; 4 people, margin 25 %
    rows = book(
        """
        in_house: {location: US, burden: 50%, teams: {t: {fte: 1, salary: 60_000}}}
        options:
          away:
            location: PH
            charges:
              c: {kind: cost_plus, margin: 25%, teams: {p: {role: general_office_clerk, fte: 4}}}
        """,
        top="fx: {PHP: 0.02}",
    )
    assert rows["work.away.charges.c"] == pytest.approx((2_787.36949,) * 3)


def test_the_provider_s_own_location_goes_before_that_of_its_leg(book: Book) -> None:
    # the people sit in the US: 22.40 · 2,080 / 12, burden 10 %
    rows = book(
        """
        in_house: {location: US, teams: {t: {fte: 1, salary: 60_000}}}
        options:
          away:
            location: PH
            charges:
              c:
                kind: cost_plus
                margin: 0%
                location: US
                paid_hours: 2_080
                burden: 10%
                teams: {p: {role: customer_service_rep, fte: 1}}
        """
    )
    assert rows["work.away.charges.c"] == pytest.approx((4_270.933333,) * 3)


def test_an_improved_side_may_move_to_another_location(book: Book) -> None:
    # from 22.40 USD to 10 USD an hour, in full from month 2: 10 · 2,080 / 12
    rows = book(
        """
        in_house: {location: US, paid_hours: 2_080, burden: 0%, teams: {t: {role: customer_service_rep, fte: 1}}}
        options: {better: {in_house: {location: CO}, transition: {months: 1}}}
        """,
        top="locations: {CO: {wages: {customer_service_rep: 10}}}",
    )
    assert rows["work.better.pay.t"] == pytest.approx((3_882.666667, 1_733.333333, 1_733.333333))
