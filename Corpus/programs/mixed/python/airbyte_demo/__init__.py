"""A stand-in for a connector written in Python."""
