"""Requests through a real browser: the Camofox server."""
