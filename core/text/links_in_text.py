"""Links, names and tags inside what people write, as every comparison of texts takes them out."""

import re

LINK = re.compile(
    # Also as sites shorten them for the eye; bounded, for a text may be made to be slow to look through.
    r"https?://(?:[!-~]+|(?<=[/=])[^\s!-~]+)+|\bwww\.[!-~]+|\b(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}/[!-~]*…?",
    re.IGNORECASE,
)
"""A link, with or without its scheme.

It is of basic Latin, for Chinese writes on behind it without a gap; another script may be a whole part of its path.
"""
LINK_OF_X = re.compile(r"https?://t\.co/\w+|pic\.(?:twitter|x)\.com/\w+", re.IGNORECASE)
"""A link that X puts in the place of what an author wrote or attached."""
NAME_OR_TAG = re.compile(r"(?<!\w)(?:[@#＠＃]|\$(?=[A-Za-z]))[\w.@-]+")
"""A handle, a hashtag, a cash tag."""
