"""What can go wrong, each with a sentence that says what to do. Never what somebody said."""


class GaugeError(Exception):
    """Something about the gauge or its input; the message says what to do."""


class AssetsMissing(GaugeError):
    """The model's files are not in the package."""


class NotReadable(GaugeError):
    """Input that is no exchange: a wrong type, or no turn of a person to answer."""
