"""Five figures of the reference data followed by hand into the result that they lead to."""

import pytest

from bpocalc.model.run import run
from bpocalc.quantity import Quantity
from bpocalc.scenario.loading import load_text

CASE = """title: By hand
currency: {currency}
start: 2027-01
months: 12
discount_rate: 0%
{more}
functions:
  care:
    in_house:
      location: {location}
      teams:
        t: {{{team}}}
    options:
      away: {{location: PH, price: 1, per: month{leg}}}
"""


def line(address: str, location: str, team: str, currency: str, more: str = "", leg: str = "") -> Quantity:
    text = CASE.format(location=location, team=team, currency=currency, more=more, leg=leg)
    return run(load_text(text.encode(), "case.yaml")).book.entries[f"care.{address}"].quantity


def test_a_monthly_salary_from_an_hourly_wage() -> None:
    # OEWS May 2025, customer service representatives: 22.40 USD an hour; the survey's year of 2,080 hours:
    # 22.40 · 2,080 = 46,592 a year (published, rounded: 46,590), / 12 = 3,882.666…
    pay = line("in_house.monthly_pay.t", "US", "role: customer_service_rep, fte: 1", "USD")
    assert pay.row[0] == pytest.approx(3_882.6666666667)


def test_an_employer_charge_that_stops_at_its_cap() -> None:
    # FICA 2026 on 300,000 USD: 6.2 % of 184,500 = 11,439.00; 1.45 % of all = 4,350.00; 0.6 % of 7,000 = 42.00;
    # together 15,831.00 a year, / 12 = 1,319.25 a month. 8.25 % of all would be 24,750 a year.
    burden = line("in_house.burden.t", "US", "role: it_manager, salary: 300_000, fte: 1", "USD")
    assert burden.row[0] == pytest.approx(1_319.25)


def test_a_wage_carried_to_a_later_year() -> None:
    # SES October 2022, technicians in Germany: 24.55 EUR an hour; labour cost index 105.0 to 120.0, factor 1.1429;
    # 24.55 · 1,700 · 1.1429 = 47,698.9315 a year, / 12 = 3,974.9110
    more = "locations: {DE: {uprating: reference}}"
    pay = line("in_house.monthly_pay.t", "DE", "role: it_service_desk, fte: 1, paid_hours: 1_700", "EUR", more)
    assert pay.row[0] == pytest.approx(3_974.910958)


def test_a_wage_in_another_currency() -> None:
    # PSA August 2024: 22,903 PHP a month; ECB averages to October 2026: 70.123 PHP and 1.15792 USD for a euro;
    # 22,903 · 1.15792 / 70.123 = 26,519.841… / 70.123 = 378.190 USD a month
    pay = line("in_house.monthly_pay.t", "PH", "role: general_office_clerk, fte: 1", "USD")
    assert pay.row[0] == pytest.approx(26_519.84176 / 70.123)
    assert pay.row[0] == pytest.approx(378.190, abs=5e-4)


def test_working_hours_that_two_places_share() -> None:
    # Madrid and Manila: 7 hours apart in winter (UTC+1, UTC+8), 6 in summer. 9 to 17 in Madrid is 16 to 24 in Manila;
    # 13 to 22 there shares 16 to 22, 6 hours, and in summer, 15 to 23, 7 hours.
    # 2027: summer time from 28 March (4 of 31 days) to 31 October: March 6 + 4/31, October 7 − 1/31.
    hours = "day: 8, hourly: 40, paid_hours: 1_700, our_hours: 9-17, their_hours: 13-22"
    leg = f", communication: {{synchronous: 10%, k: 0.3, {hours}}}"
    shared = line("away.communication.overlap", "ES", "fte: 1, salary: 20_000", "EUR", leg=leg)
    assert shared.row == pytest.approx([6, 6, 6 + 4 / 31, 7, 7, 7, 7, 7, 7, 7 - 1 / 31, 6, 6])
