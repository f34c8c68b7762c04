"""The commands, each the same functions of core that the screen's keys call."""
