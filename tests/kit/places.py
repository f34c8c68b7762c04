"""Where the tests find things: the house, its own data, and what is shared beside the repository."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The checkout."""
DATA = ROOT / "tests" / "data"
"""Data with invented people."""
SHARED = ROOT.parent / "shared"
"""Real threads, which not every clone has beside it."""
