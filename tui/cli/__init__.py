"""The command line, one file for each command: each calls the same functions of core that the screen's keys call."""
