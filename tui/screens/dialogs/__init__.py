"""Boxes over a screen: each answers with a typed value, and knows nothing of who asks."""
