"""What `make` runs: environment, services, processes, checks. Standard library only."""
