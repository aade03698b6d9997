"""What goes wrong unforeseen is logged by its kind and its place alone.

Never the message or the values: they might hold what a person wrote.
"""

import logging
import traceback


def log_quietly(log: logging.Logger, error: Exception) -> None:
    """Log what kind of error it is and where it came from."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    log.error("%s in %s, line %s", type(error).__name__, place.filename, place.lineno)
