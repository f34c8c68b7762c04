"""The user's settings, keys and places, read so that a mistake costs the one item that it is in."""
