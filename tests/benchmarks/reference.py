"""What the reference figures cost: run by hand, python tests/benchmarks/reference.py.

Reading the compiled edition, and a location of it, against the same documents in YAML; and what loading a scenario that
names a role takes beyond one that states the same pay. Medians, each round without what was kept of the one before.
"""

import sys
import time
from collections.abc import Callable
from importlib.resources import files
from statistics import median

import bpocalc.locations as reference
from bpocalc.locations.compiling import compiled
from bpocalc.scenario.loading import load_text

ROUNDS = 31
CASE = """title: One role
currency: USD
months: 60
discount_rate: 9%
inflation: 2%
functions:
  care:
    in_house: {{location: US, paid_hours: 2_080, teams: {{agents: {{{pay}, fte: 100}}}}}}
    options: {{away: {{location: PH, price: 100_000, per: month}}}}
"""


def forget() -> None:
    """Drop all that was read."""
    for function in (reference.edition, reference.location_keys, reference.read_location, reference.per_euro):
        function.cache_clear()
    reference.currencies.cache_clear()


def took(call: Callable[[], object]) -> float:
    """Median time in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        forget()
        start = time.perf_counter()
        call()
        times.append((time.perf_counter() - start) * 1000)
    return median(times)


def main() -> None:
    """Print the figures."""
    size = len((files("bpocalc.locations") / reference.COMPILED).read_bytes())
    edition = took(reference.edition)
    one = took(lambda: reference.read_location("US"))
    yaml = took(compiled)
    stated = took(lambda: load_text(CASE.format(pay="wage: 22.40").encode(), "case.yaml"))
    looked_up = took(lambda: load_text(CASE.format(pay="role: customer_service_rep").encode(), "case.yaml"))
    sys.stdout.write(
        f"compiled file {size:,} bytes, read in {edition:.2f} ms; with one location {one:.2f} ms\n"
        f"the documents in YAML {yaml:.0f} ms, {yaml / one:.0f} times as long\n"
        f"a scenario that looks its pay up, {looked_up:.2f} ms, against one that states it, {stated:.2f} ms\n"
    )


if __name__ == "__main__":
    main()
