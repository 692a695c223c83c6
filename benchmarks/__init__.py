"""Speed, measured: `just bench` prints a table of medians."""
