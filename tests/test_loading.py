"""Loading: an input exists once, knows where it was written, and obeys the same rules wherever it comes from."""

from pathlib import Path

import pytest

from bpocalc.about import Input, Place, Spread
from bpocalc.problems import Invalid
from bpocalc.quantity import Quantity
from bpocalc.scenario.declared import fields_of
from bpocalc.scenario.function import Function
from bpocalc.scenario.labor import Team
from bpocalc.scenario.loading import Loaded, load_text
from bpocalc.scenario.option import Improved, InHouse, Outsourced
from bpocalc.scenario.pricing import CostPlus, PerFte
from bpocalc.trace import walk

TEXT = """\
title: Customer care
currency: USD
start: 2027-01
months: 36
discount_rate: 9%
inflation: 2.5%
fx: {PHP: {value: 0.0172, low: 0.016, high: 0.0185, source: a bank, as_of: 2026-10}}
providers: {acme: {title: Acme}}
functions:
  care:
    demand: {volume: 42_000, per: month, unit: contact, growth: 4%}
    in_house:
      location: US
      paid_hours: 2_080
      burden: 28%
      teams:
        agents:
          wage: {value: 19.50, low: 18, high: 23, source: payroll, as_of: 2026-09, owner: HR, note: gross}
          handling_time: 9 min
          attrition: 35%
        leads: {salary: 62_000, one_per: {agents: 12}}
      costs:
        telecom: {amount: 900, per: month, avoidable: 0%}
    options:
      improved:
        in_house: {teams: {agents: {handling_time: 7.5 min}}}
      manila:
        provider: acme
        location: PH
        share: 80%
        charges:
          agents: {kind: per_fte, price: 38_000 PHP, indexation: {rate: {1: 0%, 2: 4%, 3: 5%}}}
      quick: {location: PH, price: 2_400, per: fte_month}
"""
AGENTS = "functions.care.in_house.teams.agents"
PRICE = "functions.care.options.manila.charges.agents.price"
LINES = TEXT.splitlines()


def load(*overrides: str, text: str = TEXT) -> Loaded:
    return load_text(text.encode(), "care.yaml", list(overrides))


def refused(*overrides: str, text: str = TEXT) -> Invalid:
    with pytest.raises(Invalid) as found:
        load(*overrides, text=text)
    return found.value


def codes(*overrides: str, text: str = TEXT) -> list[str]:
    return [problem.code for problem in refused(*overrides, text=text).problems]


def about(q: Quantity | None) -> Input:
    """What is known of an input."""
    assert q is not None
    assert isinstance(q.about, Input)
    return q.about


def team(loaded: Loaded, name: str = "agents") -> Team:
    return loaded.scenario.functions["care"].in_house.teams[name]


def improved(loaded: Loaded, name: str = "agents") -> Team:
    option = loaded.scenario.functions["care"].options["improved"]
    assert isinstance(option, Improved)
    return option.in_house.teams[name]


def manila(loaded: Loaded) -> Outsourced:
    option = loaded.scenario.functions["care"].options["manila"]
    assert isinstance(option, Outsourced)
    return option


def price(loaded: Loaded) -> Quantity:
    charge = manila(loaded).charges["agents"]
    assert isinstance(charge, PerFte)
    return charge.price


def written_at(text: str, line: int = 0) -> tuple[int, int]:
    """Line and column where a text first stands, or where it stands in a line."""
    number = line or next(n for n, content in enumerate(LINES, 1) if text in content)
    return number, LINES[number - 1].index(text) + 1


# An input exists once


def test_a_figure_is_an_input_with_its_address_and_its_place() -> None:
    volume = load().scenario.functions["care"].demand
    assert volume is not None
    known = about(volume.volume)
    assert known.address == "functions.care.demand.volume"
    assert known.place == Place("care.yaml", *written_at("42_000"), 6)
    assert (known.unit, known.stated, known.least, known.most) == ("units", True, 0, None)


def test_the_inputs_are_kept_by_their_addresses() -> None:
    inputs = load().inputs
    assert all(about(q).address == address for address, q in inputs.items())
    assert len({id(q) for q in inputs.values()}) == len(inputs)


def test_a_figure_in_the_scenario_is_the_one_among_the_inputs() -> None:
    loaded = load()
    assert team(loaded).handling_time is loaded.inputs[f"{AGENTS}.handling_time"]
    assert loaded.scenario.discount_rate.rate is loaded.inputs["discount_rate"]
    assert loaded.scenario.inflation is loaded.inputs["inflation"]


def test_what_an_improved_option_inherits_is_the_same_input() -> None:
    loaded = load()
    assert improved(loaded).wage is team(loaded).wage
    assert improved(loaded).attrition is team(loaded).attrition
    assert improved(loaded, "leads").salary is team(loaded, "leads").salary


def test_what_an_improved_option_lays_over_is_an_input_of_its_own() -> None:
    loaded = load()
    over = about(improved(loaded).handling_time)
    assert over.address == "functions.care.options.improved.in_house.teams.agents.handling_time"
    assert (over.place, over.written) == (Place("care.yaml", *written_at("7.5 min"), 7), "7.5 min")
    assert about(team(loaded).handling_time).address == f"{AGENTS}.handling_time"
    assert (improved(loaded).handling_time, team(loaded).handling_time) != (None, None)


def test_what_neither_the_baseline_nor_the_improved_option_states_is_one_missing_input() -> None:
    # Filling it in moves both, in a file as in a workbook.
    loaded = load()
    assert improved(loaded).productivity is team(loaded).productivity
    both = load(f"{AGENTS}.productivity=1.1")
    assert improved(both).productivity is team(both).productivity


def test_what_a_side_says_for_its_teams_is_one_input() -> None:
    loaded = load()
    side = loaded.scenario.functions["care"].in_house
    assert team(loaded).paid_hours is team(loaded, "leads").paid_hours is improved(loaded).paid_hours is side.paid_hours
    assert team(loaded).burden is team(loaded, "leads").burden is side.burden
    assert about(side.paid_hours).address == "functions.care.in_house.paid_hours"


def test_what_is_written_once_and_used_twice_by_an_alias_is_two_inputs_at_one_place() -> None:
    text = TEXT.replace("leads: {salary: 62_000", "leads: &leads {salary: 62_000").replace(
        "      costs:", "        coaches: *leads\n      costs:"
    )
    loaded = load(text=text)
    one, other = about(team(loaded, "leads").salary), about(team(loaded, "coaches").salary)
    assert (one.address, other.address) == (
        "functions.care.in_house.teams.leads.salary",
        "functions.care.in_house.teams.coaches.salary",
    )
    assert one.place == other.place


# What is missing


def test_a_missing_figure_is_an_input_that_is_not_stated_and_changes_nothing() -> None:
    loaded = load()
    for field, neutral in (("shrinkage", 0), ("occupancy", 1), ("productivity", 1), ("cost_per_hire", 0)):
        q = getattr(team(loaded), field)
        assert q.value == neutral
        assert about(q).stated is False
        assert loaded.inputs[f"{AGENTS}.{field}"] is q
    place = about(team(loaded).shrinkage).place
    assert place is not None
    assert place.line - written_at("agents:")[0] in (0, 1)


def test_a_missing_section_has_its_figures_all_the_same() -> None:
    loaded = load()
    start, ramp = manila(loaded).transition.start, manila(loaded).transition.ramp
    assert (start.value, ramp.value) == (1, 0)
    assert about(start).address == "functions.care.options.manila.transition.start"
    assert (about(start).stated, about(ramp).stated) == (False, False)


def test_a_missing_figure_becomes_stated_once_it_is_set() -> None:
    filled = about(team(load(f"{AGENTS}.shrinkage=30%")).shrinkage)
    assert (filled.address, filled.stated) == (f"{AGENTS}.shrinkage", True)


HELD = {
    "functions.care": Function, "functions.care.in_house": InHouse, AGENTS: Team,
    "functions.care.options.improved": Improved, "functions.care.options.manila": Outsourced,
}  # fmt: skip
SECTIONS = ("part", "section", "map", "list", "flag")


@pytest.mark.parametrize(
    "address",
    [f"{at}.{key}" for at, part in HELD.items() for key, field in fields_of(part).items() if field.kind in SECTIONS],
)
def test_a_figure_in_place_of_a_section_a_list_or_a_flag_is_refused(address: str) -> None:
    assert "BPO005" in codes(f"{address}=5")


def test_a_wrong_transition_keeps_nothing_else_from_being_found() -> None:
    wrong = refused(
        "functions.care.options.manila.transition=5", "functions.care.options.manila.charges.agents.price=-1"
    )
    assert [problem.message for problem in wrong.problems] == [
        "transition is a section of fields, not '5'",
        "price is -1, it must be not negative",
    ]


@pytest.mark.parametrize(("written", "hint"), [("9", "did you mean 9%?"), ("100", "did you mean 100%?"), ("130", "")])
def test_a_share_of_more_than_one_is_asked_for_as_a_per_cent_where_that_may_be(written: str, hint: str) -> None:
    (problem,) = refused(f"functions.care.options.manila.share={written}").problems
    assert (problem.message, problem.hint) == (f"share is {written}, it must be at most 100 %", hint)


@pytest.mark.parametrize("written", ["7.5", "7.500", "'7.5'"])
def test_a_time_without_its_unit_is_refused_however_the_number_is_written(written: str) -> None:
    wrong = refused(text=TEXT.replace("handling_time: 9 min", f"handling_time: {written}"))
    assert [problem.message for problem in wrong.problems] == ["handling_time needs a unit of time"]


def test_three_decimals_keep_the_unit_and_the_currency_of_the_figure_that_they_replace() -> None:
    loaded = load(f"{AGENTS}.handling_time=7.500", f"{PRICE}=2.500")
    time, price = loaded.inputs[f"{AGENTS}.handling_time"], loaded.inputs[PRICE]
    assert (time.value, about(time).written) == (0.125, "7.500 min")
    assert (price.value, about(price).written, about(price).unit) == (2.5, "2.500 PHP", "PHP")


def test_a_figure_left_empty_is_missing() -> None:
    assert about(team(load(f"{AGENTS}.attrition=")).attrition).stated is False


# Ranges, sources, units


def test_a_range_travels_with_the_figure() -> None:
    wage = about(team(load()).wage)
    assert wage.spread == Spread(18, 23, "split_normal")
    assert about(team(load()).attrition).spread is None


def test_a_source_travels_with_the_figure() -> None:
    source = about(team(load()).wage).source
    assert (source.text, source.as_of, source.owner, source.note) == ("payroll", "2026-09", "HR", "gross")
    assert (source.grade, source.reference) == ("", False)


@pytest.mark.parametrize(
    ("written", "hours"),
    [
        ("9 min", 0.15),
        ("9 minutes", 0.15),
        ("540 s", 0.15),
        ("0.15 h", 0.15),
        ("9min", 0.15),
        ("1_000 sec", 1000 / 3600),
    ],
)
def test_a_time_is_read_in_hours_and_kept_as_it_was_written(written: str, hours: float) -> None:
    q = team(load(f"{AGENTS}.handling_time={written}")).handling_time
    assert q is not None
    assert q.value == pytest.approx(hours, rel=1e-12)
    assert (about(q).unit, about(q).written) == ("hours", written)


def test_a_range_is_in_the_unit_of_the_field() -> None:
    spread = about(team(load(f"{AGENTS}.handling_time={{value: 9 min, low: 480 s, high: 0.2 h}}")).handling_time).spread
    assert spread is not None
    assert (spread.low, spread.high) == pytest.approx((480 / 3600, 0.2))


@pytest.mark.parametrize(("written", "months"), [("3", 3), ("3 months", 3), ("1.5 years", 18), ("26 weeks", 6)])
def test_a_span_is_read_in_months(written: str, months: float) -> None:
    ramp = manila(load(f"functions.care.options.manila.transition.ramp={written}")).transition.ramp
    assert ramp.value == pytest.approx(months, rel=1e-12)


@pytest.mark.parametrize(("written", "share"), [("35%", 0.35), ("35 %", 0.35), ("0.35", 0.35), ("0", 0), ("150%", 1.5)])
def test_a_share_is_read_as_a_part_of_one(written: str, share: float) -> None:
    attrition = team(load(f"{AGENTS}.attrition={written}")).attrition
    assert attrition.value == pytest.approx(share, rel=1e-12)


@pytest.mark.parametrize(
    ("field", "written"),
    [("discount_rate", "9"), ("inflation", "2.5"), (f"{AGENTS}.attrition", "3"), ("functions.care.demand.growth", "4")],
)
def test_a_rate_above_one_needs_a_percent_sign(field: str, written: str) -> None:
    # 9 instead of 9% would discount by 900 % a year.
    (problem,) = refused(f"{field}={written}").problems
    assert problem.code == "BPO006"
    assert problem.hint == f"did you mean {written}%?"


# Steps


def test_a_figure_in_steps_is_a_row_made_of_one_input_for_each_step() -> None:
    loaded = load()
    charge = manila(loaded).charges["agents"]
    assert isinstance(charge, PerFte)
    indexation = charge.indexation
    assert indexation is not None
    assert indexation.rate.value == pytest.approx((0,) * 12 + (0.04,) * 12 + (0.05,) * 12)
    address = "functions.care.options.manila.charges.agents.indexation.rate"
    assert [loaded.inputs[f"{address}.{year}"].value for year in (1, 2, 3)] == pytest.approx([0, 0.04, 0.05])
    assert address not in loaded.inputs
    assert {about(q).address for q in walk([indexation.rate]) if isinstance(q.about, Input)} == {
        f"{address}.{year}" for year in (1, 2, 3)
    }


def test_a_step_holds_until_the_next_and_the_last_one_to_the_end() -> None:
    q = team(load(f"{AGENTS}.wage={{1: 20, 3: 22}}")).wage
    assert q is not None
    assert q.value == (20,) * 24 + (22,) * 12
    assert len([x for x in walk([q]) if isinstance(x.about, Input)]) == 2


def test_one_step_can_be_set() -> None:
    rate = "functions.care.options.manila.charges.agents.indexation.rate"
    loaded = load(f"{rate}.2=6%")
    assert loaded.inputs[f"{rate}.2"].value == pytest.approx(0.06)
    assert about(loaded.inputs[f"{rate}.2"]).place == Place("--set", 1, len(rate) + 4, 2)


def test_steps_in_another_currency_are_all_worth_their_exchange_rate() -> None:
    q = price(load(f"{PRICE}={{1: 30_000 PHP, 2: 40_000 PHP}}"))
    assert q.value == pytest.approx((516,) * 12 + (688,) * 24)


@pytest.mark.parametrize("steps", ["{0: 5}", "{0: 5, 1: 6}", "{2: 5}", "{²: 5}", "{1: 5, 01: 6}", "{1: 5, \u0661: 6}"])
def test_steps_begin_with_year_1_and_each_year_is_written_once(steps: str) -> None:
    assert refused(f"{AGENTS}.wage={steps}").problems[0].code in ("BPO003", "BPO005", "BPO007", "BPO016", "BPO021")


def test_a_step_in_a_far_year_costs_nothing() -> None:
    try:
        q = team(load(f"{AGENTS}.wage={{1: 20, 300_000: 22}}")).wage
    except Invalid:
        return
    assert q is not None
    assert len(q.args[0].args[0].args if q.args[0].word == "spread" else q.args[0].args) < 1000


# Currencies


def test_a_foreign_price_is_an_input_times_the_exchange_rate() -> None:
    loaded = load()
    q = price(loaded)
    assert q.value == pytest.approx(38_000 * 0.0172)
    assert q.word == "*"
    assert q.args[0] is loaded.inputs[PRICE]
    assert q.args[1] is loaded.inputs["fx.PHP"] is loaded.rates["PHP"]
    assert (about(q.args[0]).unit, q.args[0].value) == ("PHP", 38_000)


def test_an_exchange_rate_is_an_input_with_its_own_range_and_source() -> None:
    rate = about(load().inputs["fx.PHP"])
    assert rate.spread == Spread(0.016, 0.0185, "split_normal")
    assert rate.source.text == "a bank"


def test_a_price_in_the_reporting_currency_is_the_input_itself() -> None:
    q = price(load(f"{PRICE}=700 USD"))
    assert (q.value, about(q).unit) == (700, "USD")


def test_a_drifting_exchange_rate_is_a_row() -> None:
    loaded = load("fx.PHP={rate: 0.02, drift: 10%}")
    assert price(loaded).value == pytest.approx((760,) * 12 + (836,) * 12 + (919.6,) * 12)
    assert {"fx.PHP", "fx.PHP.drift"} & set(loaded.inputs)


def test_a_rate_that_is_not_stated_goes_by_way_of_the_euro_and_names_its_source() -> None:
    loaded = load(f"{PRICE}=100 GBP")
    # units of a currency for one euro: 1.15792 dollars, 0.86383 pounds
    assert price(loaded).value == pytest.approx(100 * 1.15792 / 0.86383)
    inputs = {about(q).address: about(q) for q in walk([loaded.rates["GBP"]]) if isinstance(q.about, Input)}
    assert set(inputs) == {"fx.per_euro.USD", "fx.per_euro.GBP"}
    for known in inputs.values():
        assert known.source.reference
        assert (known.source.as_of, known.source.grade) == ("2026-10", "A")
        assert known.place is not None
        assert known.place.file == "locations/fx.yaml"


def test_from_and_to_the_euro_one_rate_is_enough() -> None:
    assert price(load(f"{PRICE}=100 EUR")).value == pytest.approx(115.792)
    text = TEXT.replace("currency: USD", "currency: EUR").replace("38_000 PHP", "100 USD")
    assert price(load(text=text)).value == pytest.approx(100 / 1.15792)


def test_the_stated_rate_goes_before_that_of_the_reference_data() -> None:
    assert price(load("fx.GBP=2", f"{PRICE}=100 GBP")).value == 200


def test_each_rate_is_made_once_however_many_prices_need_it() -> None:
    loaded = load("functions.care.options.quick.price=40_000 PHP")
    quick = loaded.scenario.functions["care"].options["quick"]
    assert isinstance(quick, Outsourced)
    charge = quick.charges["price"]
    assert isinstance(charge, PerFte)
    assert charge.price.args[1] is price(loaded).args[1]


def test_a_rate_of_the_reporting_currency_is_a_contradiction() -> None:
    assert codes("fx.USD=2") == ["BPO021"]


def test_a_missing_rate_of_a_reference_figure_is_shown_in_the_scenario_and_once() -> None:
    text = role_text("US", "customer_service_rep", "THB")
    (problem,) = refused(text=text).problems
    assert (problem.code, problem.place.file) == ("BPO011", "care.yaml")


# Overrides


def test_a_set_value_beats_the_file_and_carries_its_own_place() -> None:
    q = team(load(f"{AGENTS}.wage=21.50")).wage
    assert q is not None
    assert q.value == 21.5
    assert about(q).address == f"{AGENTS}.wage"
    assert about(q).place == Place("--set", 1, len(AGENTS) + 7, 5)


def test_a_bare_number_that_is_set_keeps_the_currency_and_drops_range_and_source() -> None:
    loaded = load(f"{PRICE}=40_000", f"{AGENTS}.wage=21.50")
    assert price(loaded).value == pytest.approx(40_000 * 0.0172)
    assert about(loaded.inputs[PRICE]).unit == "PHP"
    wage = about(team(loaded).wage)
    assert (wage.spread, wage.source.text) == (None, "")


def test_a_bare_number_that_is_set_keeps_the_unit_of_time() -> None:
    q = team(load(f"{AGENTS}.handling_time=6")).handling_time
    assert q is not None
    assert q.value == pytest.approx(0.1)


def test_of_several_overrides_each_has_its_name_and_the_last_one_holds() -> None:
    wage = team(load("months=24", f"{AGENTS}.wage=20", f"{AGENTS}.wage=21")).wage
    place = about(wage).place
    assert wage is not None
    assert place is not None
    assert (wage.value, place.file) == (21, "--set[3]")


def test_what_is_set_on_the_baseline_is_inherited_by_the_improved_option() -> None:
    loaded = load(f"{AGENTS}.wage=21.50", f"{AGENTS}.handling_time=8 min")
    assert improved(loaded).wage is team(loaded).wage
    assert improved(loaded).handling_time is not team(loaded).handling_time
    assert (
        improved(loaded).handling_time
        is loaded.inputs["functions.care.options.improved.in_house.teams.agents.handling_time"]
    )


def test_what_is_set_on_the_improved_option_leaves_the_baseline_alone() -> None:
    loaded = load("functions.care.options.improved.in_house.teams.agents.wage=25")
    assert (team(loaded).wage, improved(loaded).wage) != (None, None)
    assert team(loaded).wage is not improved(loaded).wage
    assert about(improved(loaded).wage).place == Place("--set", 1, 60, 2)


def test_a_header_can_be_set_and_moves_what_hangs_on_it() -> None:
    loaded = load("months=24")
    assert (loaded.clock.months, loaded.scenario.months) == (24, 24)
    assert price(load("fx.PHP=0.02")).value == pytest.approx(760)
    assert load("currency=EUR", f"{PRICE}=500").scenario.currency == "EUR"


def test_a_section_can_be_set_where_none_was() -> None:
    loaded = load("locations.PH.wage_growth=5.5%", "functions.care.options.manila.governance.rate=6%")
    assert loaded.inputs["locations.PH.wage_growth"].value == pytest.approx(0.055)
    governance = manila(loaded).governance
    assert governance is not None
    assert governance.rate is loaded.inputs["functions.care.options.manila.governance.rate"]


def test_a_set_value_may_hold_an_equals_sign_and_blanks() -> None:
    assert load("title=A = B").scenario.title == "A = B"
    assert load(" title = Care ").scenario.title == "Care"


@pytest.mark.parametrize(
    ("override", "code"),
    [
        (f"{AGENTS}.wage=-1", "BPO006"),
        (f"{AGENTS}.wage=1,200", "BPO016"),
        (f"{AGENTS}.handling_time=5%", "BPO016"),
        (f"{AGENTS}.colour=blue", "BPO003"),
        ("months=601", "BPO010"),
        ("functions.care.options.manila.location=XX", "BPO012"),
        ("wage", "BPO024"),
        ("=5", "BPO024"),
        ("", "BPO024"),
        ("functions.car.in_house.teams.agents.wage=20", "BPO024"),
    ],
)
def test_a_set_value_obeys_the_same_rules_as_a_written_one(override: str, code: str) -> None:
    (problem,) = refused(override).problems
    assert (problem.code, problem.place.file) == (code, "--set")


# Reference data


def role_text(location: str, role: str, currency: str = "USD", **terms: str) -> str:
    lines = "".join(f"      {key}: {value}\n" for key, value in terms.items())
    return f"""\
title: By role
currency: {currency}
months: 12
discount_rate: 9%
functions:
  care:
    in_house:
      location: {location}
      paid_hours: 2_080
{lines}      teams:
        agents: {{role: {role}, fte: 10}}
"""


def test_a_role_takes_its_wage_from_the_location_with_source_date_grade_and_place() -> None:
    q = team(load(text=role_text("US", "customer_service_rep"))).wage
    assert q is not None
    assert q.value == 22.40
    known = about(q)
    assert known.address == "locations.US.wages.customer_service_rep"
    assert (known.source.as_of, known.source.grade, known.source.reference) == ("2025-05", "A", True)
    assert "Bureau of Labor Statistics" in known.source.text
    assert known.place is not None
    assert known.place.file == "locations/US.yaml"
    lines = (Path(__file__).parent.parent / "src/bpocalc/locations/US.yaml").read_text(encoding="utf-8").splitlines()
    assert "customer_service_rep: {value: 22.40" in lines[known.place.line - 1]


def test_a_role_takes_employer_charges_and_wage_growth_as_well() -> None:
    agents = team(load(text=role_text("GB", "customer_service_rep", "GBP")))
    assert agents.burden_parts is not None
    assert {"employer_ni", "workplace_pension_min"} <= set(agents.burden_parts)
    rate, above = agents.burden_parts["employer_ni"].rate, agents.burden_parts["employer_ni"].above
    assert rate.value == pytest.approx(0.15)
    assert above is not None
    assert above.value == 5000
    assert about(rate).address == "locations.GB.burden.employer_ni.rate"
    assert agents.wage_growth.value == pytest.approx(0.054)
    assert about(agents.wage_growth).source.as_of == "2025-04"


def test_a_monthly_wage_of_the_reference_data_is_a_yearly_salary() -> None:
    agents = team(load(text=role_text("PH", "general_office_clerk", "PHP")))
    assert agents.wage is None
    assert agents.salary is not None
    assert agents.salary.value == 22_903 * 12
    assert about(agents.salary).written == "22903 PHP/month"


def test_a_role_without_a_wage_of_its_own_takes_that_of_its_group() -> None:
    q = team(load(text=role_text("ES", "customer_service_rep", "EUR"))).wage
    assert q is not None
    assert (q.value, about(q).address) == (11.70, "locations.ES.wages.clerical_support")


def test_a_reference_wage_in_another_currency_is_worth_its_exchange_rate() -> None:
    q = team(load(text=role_text("ES", "customer_service_rep"))).wage
    assert q is not None
    assert q.value == pytest.approx(11.70 * 1.15792)


def test_what_the_side_says_goes_before_the_reference_data() -> None:
    agents = team(load(text=role_text("GB", "customer_service_rep", "GBP", burden="20%", wage_growth="3%")))
    assert (agents.burden.value, agents.burden_parts, agents.wage_growth.value) == (0.2, None, 0.03)


def test_what_the_scenario_says_of_a_location_goes_before_the_reference_data() -> None:
    text = role_text("PH", "customer_service_rep") + (
        "locations: {PH: {wages: {customer_service_rep: 320 PHP}, wage_growth: 5.5%, burden: 12%}}\n"
    )
    loaded = load(text=text)
    agents = team(loaded)
    assert agents.wage is not None
    assert agents.wage.value == pytest.approx(320 * 1.15792 / 70.123)
    assert (agents.wage_growth.value, agents.burden.value) == (0.055, 0.12)
    assert agents.wage.args[0] is loaded.inputs["locations.PH.wages.customer_service_rep"]
    assert about(agents.wage.args[0]).source.reference is False


def test_employer_charges_of_a_location_may_be_written_one_by_one() -> None:
    text = role_text("PH", "general_office_clerk") + (
        "locations: {PH: {burden: {sss: {rate: 10%, up_to: 420_000 PHP}, pagibig: {rate: 2%}}}}\n"
    )
    parts = team(load(text=text)).burden_parts
    assert parts is not None
    assert set(parts) == {"sss", "pagibig"}
    assert about(parts["sss"].rate).address == "locations.PH.burden.sss.rate"


def test_a_location_that_is_only_described_in_the_scenario_is_known() -> None:
    text = role_text("CO", "customer_service_rep") + (
        "locations: {CO: {title: Colombia, wages: {customer_service_rep: 4.80}}}\n"
    )
    q = team(load(text=text)).wage
    assert q is not None
    assert q.value == 4.8


def test_a_team_without_a_role_takes_nothing_from_the_reference_data() -> None:
    text = role_text("GB", "customer_service_rep", "GBP").replace("role: customer_service_rep", "salary: 30_000")
    agents = team(load(text=text))
    assert (agents.burden.value, agents.burden_parts, agents.wage_growth.value) == (0, None, 0)


def test_the_stated_pay_goes_before_that_of_the_role() -> None:
    text = role_text("US", "customer_service_rep").replace("fte: 10", "fte: 10, salary: 50_000")
    agents = team(load(text=text))
    assert agents.salary is not None
    assert (agents.wage, agents.salary.value) == (None, 50_000)


def test_the_people_of_a_provider_are_paid_as_at_the_place_of_the_leg() -> None:
    charge = "{kind: cost_plus, margin: 15%, paid_hours: 2_080, teams: {clerks: {role: general_office_clerk, fte: 5}}}"
    text = TEXT.replace(
        "agents: {kind: per_fte, price: 38_000 PHP, indexation: {rate: {1: 0%, 2: 4%, 3: 5%}}}", f"agents: {charge}"
    )
    made = manila(load(text=text)).charges["agents"]
    assert isinstance(made, CostPlus)
    salary = made.teams["clerks"].salary
    assert salary is not None
    assert salary.value == pytest.approx(22_903 * 12 * 0.0172)
    assert about(salary.args[0]).address == "locations.PH.wages.general_office_clerk"


# The short form, and what hangs together


def test_the_short_form_of_a_price_is_one_charge_that_keeps_its_place() -> None:
    loaded = load()
    quick = loaded.scenario.functions["care"].options["quick"]
    assert isinstance(quick, Outsourced)
    charge = quick.charges["price"]
    assert isinstance(charge, PerFte)
    assert (charge.kind, charge.per, charge.price.value) == ("per_fte", "month", 2400)
    assert about(charge.price).address == "functions.care.options.quick.price"
    place = about(charge.price).place
    assert place is not None
    assert (place.line, place.column) == written_at("2_400")


def test_the_address_of_every_stated_input_leads_back_to_it() -> None:
    loaded = load()
    for address, q in loaded.inputs.items():
        if about(q).stated and not address.startswith("fx.per_euro"):
            value = q.figure if about(q).unit != "hours" else f"{q.figure!r} h"
            again = load(f"{address}={value}").inputs[address]
            assert again.value == pytest.approx(q.value), address
            assert about(again).place != about(q).place, address


def test_without_a_document_a_part_is_made_of_plain_numbers() -> None:
    made = Team(salary=62_000, fte=3)
    assert made.salary is not None
    assert (made.salary.value, about(made.salary).address, made.occupancy.value) == (62_000, "salary", 1)
    with pytest.raises(ValueError, match="not negative"):
        Team(salary=-1, fte=3)


# Warnings, and what must not crash


def test_what_is_late_only_at_its_high_end_is_a_warning() -> None:
    loaded = load(
        "functions.care.options.manila.transition.costs.travel={amount: 5, month: {value: 30, low: 20, high: 40}}"
    )
    (warning,) = loaded.warnings
    assert (warning.code, warning.severity) == ("BPO022", "warning")
    assert "month 40" in warning.message


def test_a_scenario_without_problems_has_no_warnings() -> None:
    assert load().warnings == []


def test_the_number_of_functions_is_bounded() -> None:
    head = TEXT[: TEXT.index("functions:")] + "functions:\n"
    body = "".join(f"  f{n}: {{in_house: {{teams: {{all: {{fte: 1, salary: 1}}}}}}}}\n" for n in range(200))
    assert len(load(text=head + body).scenario.functions) == 200
    assert codes(text=head + body + "  more: {in_house: {teams: {all: {fte: 1, salary: 1}}}}\n") == ["BPO010"]


@pytest.mark.parametrize(
    "override",
    [
        "currency=[USD]", "currency={a: 1}", "months=[1]", "start=²027-01", "start=[1]", "fx={PHP: 1_}", "fx=[1]",
        "functions.care.options.quick.per=[unit]", "functions.care.options.quick.per={a: 1}", "functions=5", "title={}",
        "functions.care.demand.per=[month]", f"{AGENTS}.staffing=[peak]", f"{AGENTS}.wage={{0: 5}}", "providers=5",
        f"{AGENTS}.wage={{value: 5, dist: [pert]}}", f"{AGENTS}.role={{}}", "functions.care.in_house.location=[US]",
        "functions.care.options.manila.charges.agents.kind={}", "functions.care.options.manila.legs=[1]", "mix=[care]",
        "locations={PH: 5}", "locations={PH: {wages: 5}}", "locations=[PH]", "functions.care.in_house=[]",
        "functions.care.in_house.burden=[1]", "functions.care.in_house.burden={a: 1}", "discount_rate=[9%]",
        "functions.care.in_house.teams={agents: [1]}", "functions.care.options={a: {in_house: 5}}", "home=[US]",
        "title=\x00", "title=\ud800", "bpocalc=[1]", "functions.care.options.improved.in_house.teams=5",
    ],
)  # fmt: skip
def test_whatever_is_written_is_answered_by_problems(override: str) -> None:
    assert refused(override).problems != []


def test_only_so_many_problems_are_looked_for() -> None:
    text = "title: t\ncurrency: USD\nmonths: 1\ndiscount_rate: 0%\n" + "".join(f"x{n}: 1\n" for n in range(2_000))
    with pytest.raises(Invalid) as found:
        load_text(text.encode(), "many.yaml")
    assert len(found.value.problems) == 501
    assert "there are more problems; only so many are looked for" in {p.message for p in found.value.problems}


def test_no_more_than_a_hundred_unknown_keys_of_one_figure_are_told() -> None:
    strange = ", ".join(f"k{number}: 1" for number in range(2_000))
    with pytest.raises(Invalid) as found:
        load(f"inflation={{value: 2%, {strange}}}")
    assert len(found.value.problems) == 100


def test_a_map_has_a_thousand_entries_at_most() -> None:
    teams = ", ".join(f"t{number}: {{fte: 1, salary: 1}}" for number in range(1_001))
    with pytest.raises(Invalid) as found:
        load(f"functions.care.in_house.teams={{{teams}}}")
    assert found.value.problems[0].message == "teams has 1,001 entries, at most 1,000 are read"
    assert found.value.problems[0].code == "BPO010"


def test_a_list_of_names_has_a_thousand_at_most() -> None:
    rules = ", ".join(["BPO101"] * 1_001)
    with pytest.raises(Invalid) as found:
        load(f"accept=[{{rule: [{rules}], why: x}}]")
    assert found.value.problems[0].message == "rule has 1,001 entries, at most 1,000 are read"


def test_no_more_than_five_hundred_repeated_keys_are_told() -> None:
    with pytest.raises(Invalid) as found:
        load(text=TEXT + "title: again\n" * 2_000)
    assert len(found.value.problems) == 501
    assert found.value.problems[-1].message == "there are more problems; only so many are looked for"
