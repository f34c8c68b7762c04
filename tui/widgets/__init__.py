"""What is on a screen: each widget shows what it is given and says what happened."""
