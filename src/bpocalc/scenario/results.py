"""The results of an option by name: what a comparison shows, and what an expectation may be about."""

RESULTS = {
    "total_cost": "$", "pv_cost": "$", "idle_pay": "$", "total_saving": "$", "saving_share": "share",
    "saving_share_of_avoidable": "share", "total_saving_without_risk": "$", "npv_saving": "$",
    "npv_saving_without_risk": "$", "run_rate": "$/year", "one_off": "$", "payback_cash": "month",
    "payback_first": "month", "payback_discounted": "month", "payback_static": "months", "max_exposure": "$",
    "max_exposure_month": "month", "irr": "per year", "required_saving": "$", "rule_margin": "$",
    "meets_rule": "share", "qualitative_score": "points", "cost_per_unit": "$/unit", "cost_per_fte": "$/FTE/year",
}  # fmt: skip
"""Each with its unit, in the order in which they are shown; `$` stands for the reporting currency."""
EVER = ("month", "months")
"""Units in which *never* is later than any month, and not a figure that is missing."""
