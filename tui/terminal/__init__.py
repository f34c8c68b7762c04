"""The terminal around the screen: clipboard, hang-up, cursor position, crash."""
