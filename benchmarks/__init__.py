"""What Beside can show: each file prints its numbers with their spread, and asserts nothing."""
