"""An article: an ordered outline over the marked posts of a thread."""
