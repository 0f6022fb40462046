"""What officials do in mining: each act one row of a table, as in licensing.views.acts."""
