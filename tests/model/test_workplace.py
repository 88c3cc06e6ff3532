"""Workplace by hand: seats, what is stranded of them, equipment and its replacement."""

from collections.abc import Callable, Mapping

import pytest

Book = Callable[..., Mapping[str, tuple[float, ...]]]

TEAMS = "teams: {a: {fte: 8, salary: 1}, b: {fte: 2, salary: 1}}"


def seats(
    book: Book, seat: str, months: int = 3, share: str = "100%", rest: str = "", live: int = 1, **about: object
) -> Mapping[str, tuple[float, ...]]:
    return book(
        f"""
        in_house: {{{TEAMS}, workplace: {{{seat}}}}}
        options:
          away: {{location: PH, price: 1, per: month, share: {share}, transition: {{months: {live - 1}}}{rest}}}
        """,
        months=months,
        **about,
    )


def test_everybody_has_a_seat(book: Book) -> None:
    # 8 + 2 people, 420 and 190 each
    rows = seats(book, "facilities: {per_seat: 420, avoidable: 0%}, technology: {per_seat: 190, avoidable: 0%}")
    assert rows["work.in_house.facilities"] == (4_200, 4_200, 4_200)
    assert rows["work.in_house.technology"] == (1_900, 1_900, 1_900)


def test_a_part_time_person_has_a_part_of_a_seat(book: Book) -> None:
    rows = book(
        """
        in_house:
          teams: {t: {fte: 2.5, salary: 1}}
          workplace: {facilities: {per_seat: 400, avoidable: 100%}}
        """
    )
    assert rows["work.in_house.facilities"] == (1_000, 1_000, 1_000)


def test_seats_move_with_inflation_or_with_their_own_growth(book: Book) -> None:
    # 4,200 · 1.10; 1,900 · 1.02
    kinds = "facilities: {per_seat: 420, avoidable: 0%}, technology: {per_seat: 190, avoidable: 0%, growth: 2%}"
    rows = seats(book, kinds, months=13, inflation="10%")
    assert rows["work.in_house.facilities"][11:] == pytest.approx((4_200, 4_620))
    assert rows["work.in_house.technology"][11:] == pytest.approx((1_900, 1_938))


def test_a_seat_price_in_yearly_steps(book: Book) -> None:
    rows = seats(book, "facilities: {per_seat: {1: 420, 2: 500}, avoidable: 0%}", months=13)
    assert rows["work.in_house.facilities"][11:] == (4_200, 5_000)


def test_seats_that_cannot_be_avoided_are_stranded(book: Book) -> None:
    # 10 − 70 % · (10 − 0) = 3 seats
    rows = seats(book, "facilities: {per_seat: 420, avoidable: 70%}")
    assert rows["work.away.seats.facilities"] == pytest.approx((3, 3, 3))
    assert rows["work.away.facilities"] == pytest.approx((1_260, 1_260, 1_260))


def test_seats_follow_the_share_that_leaves(book: Book) -> None:
    # 40 % away: 6 people stay; 10 − 70 % · 4 = 7.2 seats
    assert seats(book, "facilities: {per_seat: 420, avoidable: 70%}", share="40%")[
        "work.away.facilities"
    ] == pytest.approx((3_024,) * 3)


def test_each_kind_of_seat_goes_after_its_own_removal(book: Book) -> None:
    # all work away in month 2; technology goes a month later, facilities three months later
    kinds = "facilities: {per_seat: 100, avoidable: 50%, removal: 3}, "
    kinds += "technology: {per_seat: 10, avoidable: 100%, removal: 1}"
    rows = seats(book, kinds, months=6, live=2)
    assert rows["work.away.seats.facilities"] == pytest.approx((10, 10, 10, 10, 5, 5))
    assert rows["work.away.seats.technology"] == pytest.approx((10, 10, 0, 0, 0, 0))
    assert rows["work.away.facilities"] == pytest.approx((1_000, 1_000, 1_000, 1_000, 500, 500))


RETAINED = ", retained: {teams: {m: {fte: %s, salary: 1, from: 2}}}"


def test_retained_people_sit_on_stranded_seats_first(book: Book) -> None:
    # 3 stranded seats are enough for 2 retained people, and not for 5
    kind = "facilities: {per_seat: 420, avoidable: 70%}"
    assert seats(book, kind, rest=RETAINED % "2")["work.away.seats.facilities"] == pytest.approx((3, 3, 3))
    assert seats(book, kind, rest=RETAINED % "5")["work.away.seats.facilities"] == pytest.approx((3, 5, 5))


def test_retained_people_need_seats_of_their_own_before_the_others_have_gone(book: Book) -> None:
    # live in month 3: 10 people, and 2 more from month 2; then 3 stranded seats
    rows = seats(book, "facilities: {per_seat: 420, avoidable: 70%}", rest=RETAINED % "2", live=3)
    assert rows["work.away.seats.facilities"] == pytest.approx((10, 12, 3))


def test_people_who_steer_the_provider_sit_on_seats_too(book: Book) -> None:
    # all seats avoidable: 1 retained and 2 in governance
    rest = ", retained: {teams: {m: {fte: 1, salary: 1}}}, governance: {teams: {g: {fte: 2, salary: 1}}}"
    rows = seats(book, "facilities: {per_seat: 420, avoidable: 100%}", rest=rest)
    assert rows["work.away.seats.facilities"] == pytest.approx((3, 3, 3))


# --- equipment -------------------------------------------------------------------------------------------------------

GROWING = """
in_house:
  teams: {t: {fte: {1: 10, 2: 12}, salary: 1}}
  workplace: {equipment: {price: 1_200, life: 24, residual: %s}}
"""


def test_equipment_is_bought_for_growth_and_renewed_after_its_life(book: Book) -> None:
    # 10 / 24 · 1,200 = 500 a month; month 13: 2 more people 2,400 and 500; month 14: 12 / 24 · 1,200
    row = book(GROWING % "0%", months=14)["work.in_house.equipment"]
    assert row == pytest.approx((500,) * 12 + (2_900, 600))


def test_equipment_moves_with_inflation(book: Book) -> None:
    # 2,900 · 1.10
    assert book(GROWING % "0%", months=13, inflation="10%")["work.in_house.equipment"][12] == pytest.approx(3_190)


def test_equipment_in_use_is_worth_something_after_the_last_month(book: Book) -> None:
    # 12 people · 1,200 · 25 %, taken off in month 14
    row = book(GROWING % "25%", months=14)["work.in_house.residual"]
    assert row == pytest.approx((0,) * 13 + (-3_600,))


def test_equipment_of_people_who_have_gone_is_not_renewed(book: Book) -> None:
    # all work away in month 2: month 2 still renews for the 10 of the month before
    rows = seats(book, "equipment: {price: 1_200, life: 24, residual: 10%}", live=2)
    assert rows["work.away.equipment"] == pytest.approx((500, 500, 0))
    assert rows["work.away.residual"] == (0, 0, 0)


def test_people_who_are_replaced_leave_their_equipment(book: Book) -> None:
    # 24 % attrition: 0.2 people join every month and sit at the desks of those who left
    rows = book(
        """
        in_house:
          teams: {t: {fte: 10, salary: 1, attrition: 24%}}
          workplace: {equipment: {price: 1_200, life: 24}}
        """
    )
    assert rows["work.in_house.equipment"] == pytest.approx((500, 500, 500))
