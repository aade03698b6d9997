"""The labelled exchanges that the gauge learns from, and the tools that keep them honest."""
