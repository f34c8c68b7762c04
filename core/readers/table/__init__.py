"""Lists of posts in no known format: their columns are recognised by name and by values."""
