"""All draws of a simulation as CSV: a row for each trial, full precision."""

from __future__ import annotations

import csv
import io

from bpocalc.studies.simulation import Simulation


def render(simulation: Simulation) -> str:
    """The present value of each way's cost, the NPV of each saving, then every input and every risk, by trial."""
    columns = {"trial": range(1, simulation.trials - simulation.failed + 1)}
    table = dict[str, list[float]]()
    for ways in simulation.groups.values():
        for way in ways:
            table[f"{way.address}.pv_cost"] = way.cost.tolist()
            if way.saving is not None:
                table[f"{way.address}.npv_saving"] = way.saving.tolist()
    for drawn in (simulation.inputs, simulation.risks):
        table |= {name: values.tolist() for name, values in drawn.items()}
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*columns, *table])
    writer.writerows(zip(columns["trial"], *table.values(), strict=True))
    return stream.getvalue()
