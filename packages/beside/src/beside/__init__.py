"""Beside: a private companion whose words are weighed by Compassion."""

__version__ = "0.1.0"
