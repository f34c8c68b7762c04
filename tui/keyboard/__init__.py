"""From bytes of the terminal to keys in order: bursts of input, stray text, sequences, the queue."""
