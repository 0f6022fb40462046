"""The benchmarks run through on little data, and print every figure that is promised."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CODES = (
    "P1",
    "P2",
    "P3",
    "P4",
    "P5",
    "P6",
    "P7",
    "P8",
    "P9",
    "P10",
    "P11",
    "P12",
    "P13",
    "P14",
    "P15",
    "ZIP",
    "HSC",
    "POOL",
    "SCR",
)


def test_every_figure_is_printed() -> None:
    # A Redis database of its own: no worker of another test may find its tasks.
    redis = re.sub(r"/\d*$", "", os.environ["REDIS_URL"]) + "/15"
    command = [sys.executable, "-m", "bench", "--n", "300", "--rounds", "3", "--requests", "40"]
    environment = {**os.environ, "REDIS_URL": redis}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    for code in CODES:
        assert re.search(rf"^{code} .* (≤|≥) .*(pass|SHORT)", done.stdout, re.M), f"{code} is missing:\n{done.stdout}"
