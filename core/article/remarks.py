"""What is known against a quotation as it stands: that it is cut, edited since, gone from its source or in doubt."""

from collections.abc import Iterable

from core.models import Flag, News, PostStatus, Quote
from core.reasons import Reason, ReasonCode
from core.thread.history import RecheckedState
from core.thread.rechecks import RecheckOutcome

_OF_FLAGS = {
    Flag.CUT: ReasonCode.QUOTE_CUT,
    Flag.CUT_BY_SOURCE: ReasonCode.QUOTE_CUT,
    Flag.CONFLICT: ReasonCode.QUOTE_TWO_TEXTS,
    Flag.DAMAGED_TEXT: ReasonCode.QUOTE_DAMAGED,
    Flag.MARKUP: ReasonCode.QUOTE_MARKUP,
    Flag.OTHER_HOST: ReasonCode.QUOTE_OTHER_HOST,
}
_PRINTED = frozenset(
    {
        ReasonCode.QUOTE_CUT,
        ReasonCode.QUOTE_EDITED,
        ReasonCode.QUOTE_OLD_WORDING,
        ReasonCode.QUOTE_GONE,
        ReasonCode.QUOTE_NOT_LIVE,
        ReasonCode.LOOKED_AT,
    }
)


def remarks(quote: Quote, look: RecheckedState | None = None) -> tuple[Reason, ...]:
    """What is to be said of a quote; `look` is what the newest look at its source found, where there was one."""
    post = quote.post
    found = [Reason(code) for flag, code in _OF_FLAGS.items() if flag in post.flags]
    if Flag.EDITED in post.flags:
        old = quote.newer_text is not None
        found.append(Reason(ReasonCode.QUOTE_OLD_WORDING if old else ReasonCode.QUOTE_EDITED))
    elif quote.newer_text is not None:
        found.append(Reason(ReasonCode.QUOTE_POORER_TEXT))
    if post.status is not PostStatus.LIVE:
        found.append(Reason(ReasonCode.QUOTE_NOT_LIVE, names=(str(post.status),)))
    elif quote.news is News.GONE and (look is None or look.outcome != RecheckOutcome.LIVE):
        found.append(Reason(ReasonCode.QUOTE_GONE))
    if look is not None and look.outcome not in (RecheckOutcome.LIVE, RecheckOutcome.UNKNOWN):
        found.append(look.reason)
    return tuple(dict.fromkeys(found))


def printed(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """What of it the article's readers are told as well; the rest asks its writer to look."""
    found = []
    for reason in reasons:
        if reason.code in _PRINTED:
            found.append(reason)
        elif reason.code is ReasonCode.LOOKED_AT_EDITED:
            found.append(Reason(ReasonCode.LOOKED_AT, reason.numbers, (str(RecheckOutcome.EDITED),)))
        elif reason.code is ReasonCode.LOOKED_AT_SAYING:
            # What the source said of it is in the source's language.
            found.append(Reason(ReasonCode.LOOKED_AT, reason.numbers, reason.names[:1]))
    return tuple(found)
