"""Benchmarks: each figure is a ratio to the limit, taken in alternation in one run. `make bench N=1000000`."""


def lift_throttles() -> None:
    """Callers are counted as always, and never refused."""
    from django.conf import settings

    rates = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]
    settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] = dict.fromkeys(rates, "1000000000/min")
