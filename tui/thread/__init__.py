"""The screen of a thread, and the bench that its commands act on."""
