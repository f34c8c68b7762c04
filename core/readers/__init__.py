"""Readers: from a payload's bytes to posts. A reader is one file and one line in READERS."""
