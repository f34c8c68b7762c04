"""How a post of X's API v2 is told from a row of some other list."""

_SIGNS = ("edit_history_tweet_ids", "public_metrics", "referenced_tweets")
_FIELDS = frozenset(
    ("id", "text", "author_id", "conversation_id", "created_at", "in_reply_to_user_id", "lang", "source", "entities")
) | frozenset(("attachments", "context_annotations", "geo", "withheld", "edit_controls", "note_tweet", "article"))
"""What a post of API v2 has beside its signs."""


def is_tweet(value: object) -> bool:
    """Whether an object is a post of API v2: other lists too name a conversation or an author's number."""
    if not (isinstance(value, dict) and "id" in value and "text" in value):
        return False
    return any(sign in value for sign in _SIGNS) or (
        ("author_id" in value or "conversation_id" in value) and value.keys() <= _FIELDS
    )
