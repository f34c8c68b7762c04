"""Articles and tables written for other programs."""
