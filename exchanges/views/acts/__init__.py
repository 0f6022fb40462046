"""What officials do to classes of assets and to warnings, one table a kind of case."""
