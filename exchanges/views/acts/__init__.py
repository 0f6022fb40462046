"""What officials do to the classes of assets, one table a kind of case."""
