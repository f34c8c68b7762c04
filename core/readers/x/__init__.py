"""The formats in which posts of X come: its own interfaces, Nitter's pages, and what tools make of them."""
