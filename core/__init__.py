"""The program without its screen: threads, marks, views, translations and the outline."""
