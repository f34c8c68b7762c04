"""Engines: whatever drafts a translation, one file each."""
