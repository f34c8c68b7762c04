"""Where payloads come from."""
