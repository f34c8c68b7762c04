"""Text from outside: how it is shown, matched and examined."""
