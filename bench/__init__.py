"""Benchmarks: each figure is a ratio to the limit, taken in alternation in one run. `make bench N=1000000`."""
