"""The words of the program as frozen records: thread, post, capture, mark, translation, quote."""

from core.models.captures import (
    Capture,
    CapturedFrom,
    Payload,
    Problem,
    Reading,
    Thread,
    Verdict,
)
from core.models.posts import (
    DetailKind,
    Flag,
    LangFrom,
    Post,
    PostDetail,
    PostStatus,
    TextLoss,
    TimePrecision,
)
from core.models.quotes import (
    Mark,
    News,
    Quote,
    State,
    Translation,
    TranslationState,
    excerpted,
)

__all__ = (
    "Capture",
    "CapturedFrom",
    "DetailKind",
    "Flag",
    "LangFrom",
    "Mark",
    "News",
    "Payload",
    "Post",
    "PostDetail",
    "PostStatus",
    "Problem",
    "Quote",
    "Reading",
    "State",
    "TextLoss",
    "Thread",
    "TimePrecision",
    "Translation",
    "TranslationState",
    "Verdict",
    "excerpted",
)
