"""Compassion in reinforcement learning. Installable; its rooms are still empty."""

__version__ = "0.1.0"
