"""Gain shares by hand: what is measured, against what, within which bounds, and when it is settled."""

from collections.abc import Callable, Mapping

import pytest

from bpocalc.problems import Invalid

Book = Callable[..., Mapping[str, tuple[float, ...]]]

# the provider charges 10,000 a month
HOME = """
in_house: {teams: {a: {fte: 12, salary: 60_000, avoidable: %s}}}
options:
  away:
    provider: acme
    location: PH
    transition: {%s}
    charges: {fee: {kind: fixed, amount: 10_000}, gain: {kind: gain_share, %s}}
    %s
"""
PROVIDERS = "providers: {acme: {%s}}"


def gain(
    book: Book,
    terms: str,
    transition: str = "",
    more: str = "",
    discount: str = "",
    avoidable: str = "100%",
    **about: int,
) -> tuple[float, ...]:
    top = PROVIDERS % discount
    rows = book(HOME % (avoidable, transition, terms, more), **({"months": 12} | about), top=top)
    return rows["work.away.charges.gain"]


def test_the_provider_earns_its_share_of_what_stays_below_the_target(book: Book) -> None:
    # 40 % of 150,000 − 120,000, in month 12
    assert gain(book, "provider_keeps: 40%, target: 150_000, floor: 0") == pytest.approx((0,) * 11 + (12_000,))


def test_above_the_target_the_provider_pays_back(book: Book) -> None:
    # 40 % of 100,000 − 120,000
    assert gain(book, "provider_keeps: 40%, target: 100_000, floor: 50_000")[11] == pytest.approx(-8_000)


def test_floor_and_cap_hold_the_share(book: Book) -> None:
    assert gain(book, "provider_keeps: 40%, target: 150_000, floor: 0, cap: 9_000")[11] == pytest.approx(9_000)
    assert gain(book, "provider_keeps: 40%, target: 150_000, floor: 0, cap: 15_000")[11] == pytest.approx(12_000)
    assert gain(book, "provider_keeps: 40%, target: 100_000, floor: 5_000")[11] == pytest.approx(-5_000)
    assert gain(book, "provider_keeps: 40%, target: 100_000, floor: 0, cap: 9_000")[11] == pytest.approx(0)


def test_a_part_year_has_its_part_of_target_and_bounds(book: Book) -> None:
    # months 13 to 15: a fourth of 150,000 less 30,000 is 7,500; 40 % is 3,000, and a fourth of 9,000 is 2,250
    row = gain(book, "provider_keeps: 40%, target: 150_000, floor: 0", months=15)
    assert row[11:] == pytest.approx((12_000, 0, 0, 3_000))
    assert gain(book, "provider_keeps: 40%, target: 150_000, floor: 0, cap: 9_000", months=15)[14] == pytest.approx(
        2_250
    )
    # 40 % of 25,000 − 30,000 is −2,000; a fourth of 4,000
    assert gain(book, "provider_keeps: 40%, target: 100_000, floor: 4_000", months=15)[14] == pytest.approx(-1_000)


def test_a_target_in_steps(book: Book) -> None:
    # 12,000; then 40 % of 130,000 − 120,000
    row = gain(book, "provider_keeps: 40%, target: {1: 150_000, 2: 130_000}, floor: 0", months=24)
    assert (row[11], row[23]) == pytest.approx((12_000, 4_000))


def test_the_target_grows_with_the_ramp(book: Book) -> None:
    # live in month 7, two months to full volume: 55,000 charged against 150,000 · 5.5 / 12 = 68,750
    row = gain(book, "provider_keeps: 40%, target: 150_000, floor: 0", "months: 6, ramp: 2")
    assert row == pytest.approx((0,) * 11 + (5_500,))


def test_before_go_live_there_is_nothing_to_share(book: Book) -> None:
    row = gain(book, "provider_keeps: 40%, target: 150_000, floor: 0", "months: 12", months=13)
    # month 13: 12,500 − 10,000
    assert row == pytest.approx((0,) * 12 + (1_000,))


DISCOUNT = "volume_discount: {by: whole, tiers: [{above: 0, rate: 10%}]}"


def test_charges_are_measured_after_the_volume_discount(book: Book) -> None:
    # 150,000 − 108,000
    assert gain(book, "provider_keeps: 40%, target: 150_000, floor: 0", discount=DISCOUNT)[11] == pytest.approx(16_800)


def test_the_gain_share_earns_no_discount(book: Book) -> None:
    terms = "provider_keeps: 40%, target: 150_000, floor: 0"
    rows = book(HOME % ("100%", "", terms, ""), months=12, top=PROVIDERS % DISCOUNT)
    assert rows["work.away.volume_discount.acme"] == pytest.approx((-1_000,) * 12)
    assert rows["work.away.fees"] == pytest.approx((9_000,) * 11 + (25_800,))


def test_a_leg_has_its_part_of_the_provider_s_discount(book: Book) -> None:
    # slices: 5 % of 180,000 + 60,000 − 120,000 = 6,000; three fourths of it for the first leg, one for the second
    rows = book(
        """
        in_house: {teams: {a: {fte: 12, salary: 60_000}}}
        options:
          away:
            provider: acme
            legs:
              l:
                {location: PH, share: 50%, charges: {f: {kind: fixed, amount: 15_000},
                 g: {kind: gain_share, provider_keeps: 50%, target: 200_000, floor: 0}}}
              r:
                {location: IN, share: 50%, charges: {f: {kind: fixed, amount: 5_000, minimum: 5_000},
                 g: {kind: gain_share, provider_keeps: 100%, target: 60_000, floor: 0}}}
        """,
        months=12,
        top=PROVIDERS % "volume_discount: {by: slice, tiers: [{above: 120_000, rate: 5%}]}",
    )
    # 180,000 − 4,500 against 200,000; 60,000 − 1,500 against 60,000
    assert rows["work.away.l.charges.g"][11] == pytest.approx(12_250)
    assert rows["work.away.r.charges.g"][11] == pytest.approx(1_500)
    assert sum(rows["work.away.fees"]) == pytest.approx(240_000 - 6_000 + 12_250 + 1_500)


def test_the_run_cost_of_the_option_may_be_measured(book: Book) -> None:
    # 12 people at 5,000, a fourth of them stays: 15,000 a month; a manager 8,000; the fee 10,000; 33,000 in all.
    # 40 % of 450,000 − 396,000. Governance, severance and one-off items do not count
    more = "retained: {teams: {m: {fte: 1, salary: 96_000}}}\n    governance: {rate: 10%}\n"
    more += "    costs: {setup: {amount: 7_000, month: 3}, change: {rate: 5%, of: fees}}"
    row = gain(book, "provider_keeps: 40%, target: 450_000, floor: 0, of: run", more=more, avoidable="75%")
    assert row == pytest.approx((0,) * 11 + (21_600,))


def test_governance_and_rates_of_fees_follow_the_gain_share(book: Book) -> None:
    more = "governance: {rate: 10%}"
    rows = book(
        HOME % ("100%", "", "provider_keeps: 40%, target: 150_000, floor: 0", more), months=12, top=PROVIDERS % ""
    )
    assert rows["work.away.governance.by_rate"] == pytest.approx((1_000,) * 11 + (2_200,))


def test_the_run_cost_counts_as_far_as_the_leg_is_live(book: Book) -> None:
    # live in month 7: six months at 10,000 and no people, against half of 150,000
    row = gain(book, "provider_keeps: 40%, target: 150_000, floor: 0, of: run", "months: 6")
    assert row[11] == pytest.approx(6_000)


def test_a_gain_share_without_a_target_is_refused(book: Book) -> None:
    with pytest.raises(Invalid) as found:
        gain(book, "provider_keeps: 40%, floor: 0")
    assert [p.message for p in found.value.problems] == ["functions.work.options.away.charges.gain has no 'target'"]
