"""Objects as tables: columns for data frames and Arrow, and CSV."""
