"""How long a test waits for what must come."""

PATIENCE = 60.0
"""Seconds after which a test gives up; many, for a busy machine is no fault."""
