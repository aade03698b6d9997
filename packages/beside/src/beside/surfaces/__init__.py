"""A request becomes a call, a result becomes a view."""
