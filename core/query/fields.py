"""The fields that a filter knows, with what the help and the completion say of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.counts import COUNT_NAMES
from core.models import Flag
from core.thread.rechecks import RecheckOutcome


@dataclass(frozen=True, slots=True)
class Field:
    """A field as the help and the completion show it."""

    description: str
    examples: tuple[str, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    """Each value that it takes with what that says of a post; empty where it takes any."""


_IS = {
    "starred": "starred",
    "rejected": "rejected",
    "skipped": "skipped",
    "new": "undecided",
    "decided": "starred or rejected",
    "root": "the root",
    "reply": "a reply",
    "top": "a reply to the root",
    "nested": "a reply to a reply",
    "op": "by the root's author",
    "deleted": "no longer live at the source",
    "review": "to be reviewed",
    "confirmed": "confirmed by the writer",
    "machine": "translated by machine",
    "edited": "translated and edited",
    "approved": "translated and approved",
    "added": "new since last time",
    "changed": "other than last time: text, counts, status, name",
    "gone": "gone from the source, as a complete capture shows",
}
_THINGS = ("a translation", "a note", "a lead-in", "a comment", "an excerpt", "media", "a link", "a flag", "a tag")
_HAS = {thing.split()[-1]: f"with {thing}" for thing in (*_THINGS, "a rating")} | {
    "history": "other in one capture than in another",
    "copies": "said by others too, nearly word for word",
}

NUMBERS = (*COUNT_NAMES, "rating")
"""The fields that compare numbers."""
_COUNTED = {name: Field(f"how many {name}; ? is not known", (f"{name}:>40", f"{name}:?")) for name in COUNT_NAMES}
FIELDS: Mapping[str, Field] = _COUNTED | {
    "rating": Field("the writer's rating, 1 to 5; 0 or ? is unrated", ("rating:>=4", "rating:?")),
    "date": Field("when it was posted, in UTC; also time:", ("date:2026-02-23", "date:2026-02..2026-03")),
    "lang": Field("its language; zh finds zh-Hans too", ("lang:en", "lang:?")),
    "author": Field("part of the author's handle or name, or with @ the handle", ("author:@ada", "author:ada")),
    "tag": Field("a tag; * alone is any, * at the end is the rest", ("tag:meme", 'tag:"two words"', "tag:?")),
    "is": Field("where the post stands", ("is:starred", "is:reply"), _IS),
    "has": Field("what the post comes with", ("has:note", "has:media"), _HAS),
    "flag": Field("a warning", ("flag:bidi",), {flag.value: f"flagged {flag}" for flag in Flag}),
    "recheck": Field(
        "what the last recheck found; ? was never rechecked",
        ("recheck:deleted", "recheck:?"),
        {outcome.value: f"found {outcome} when it was rechecked" for outcome in RecheckOutcome},
    ),
    "id": Field("the source's id; * at the end is the rest", ("id:2026", "id:h:*")),
    "text": Field("words of the text only", ("text:memory",)),
    "note": Field("words of the writer's note", ("note:ask",)),
    "translation": Field("words of a translation", ("translation:记忆",)),
}
"""Every field by its name, in the order in which the help lists them."""
