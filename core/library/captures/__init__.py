"""Keeping captures: payloads as evidence, and their posts merged with those that a thread has."""
