"""Numbers without gaps: one counter a series, locked last."""

from licensing.models import NumberCounter


def next_in(series: str, *, digits: int = 5) -> str:
    """The next number of a series. Locks its counter until the transaction ends: call it last."""
    NumberCounter.objects.bulk_create([NumberCounter(series=series)], ignore_conflicts=True)
    counter = NumberCounter.objects.select_for_update().get(series=series)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{series}-{counter.last:0{digits}d}"
