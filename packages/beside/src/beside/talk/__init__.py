"""A conversation as plain facts: events, and the tree that they make. No input or output."""
