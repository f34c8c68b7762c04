"""The plots of a thread: each bar with the filter that shows its replies."""

from collections import Counter

from core.counts import PLOTTED_COUNTS
from core.errors import QueryError
from core.facts.records import MOST, Authors, Bar, Facts, Plot, Spread, TriageCounts, named, scaled
from core.facts.timeline import over_time
from core.models import State
from core.query import And, Node, NumberComparison, NumberRange, TextMatch, UnknownValue, ValueMatch, parse
from core.reasons import Reason
from core.reasons import ReasonCode as Code

_FINE, _COARSE, _FEW = (1, 2, 5), (1, 3), tuple(range(1, 10))
"""Where the bars of a count begin within each power of ten; `_FEW` only below ten."""
_MANY = 2_000
"""The highest count from which on its bars are coarse."""
_STARRED = ValueMatch("is", "starred")


def plots(found: Facts) -> tuple[Plot, ...]:
    """All plots, those that are still counted without bars."""
    spread, triage, authors = found.spread, found.triage, found.authors
    parts = [
        _waiting("time", Code.BY_TIME) if spread is None else over_time(spread),
        _waiting("languages", Code.BY_LANGUAGE) if spread is None else by_language(spread),
        _waiting("authors", Code.BY_AUTHOR) if authors is None else by_author(authors),
        *(_waiting(name, Code.BY_COUNT, name) if spread is None else by_count(name, spread) for name in PLOTTED_COUNTS),
    ]
    if spread is None or triage is None:
        return (*parts, _waiting("triage", Code.TRIAGE), _waiting("covered", Code.COVERED))
    return (*parts, *triage_plots(spread, triage), *coverage_plots(spread, triage))


def _waiting(name: str, title: Code, *names: str) -> Plot:
    """A plot that is still to come."""
    return Plot(name, Reason(title, names=names), (), Reason(Code.COUNTING))


def combined(before: Node | None, node: Node) -> str:
    """The filter that keeps what both keep, as text; a term that is there already is not added again."""
    terms = before.terms if isinstance(before, And) else () if before is None else (before,)
    added = tuple(one for one in (node.terms if isinstance(node, And) else (node,)) if one not in terms)
    whole = (*terms, *added)
    return str(whole[0] if len(whole) == 1 else And(whole))


def by_language(spread: Spread) -> Plot:
    """The languages, the most frequent first."""
    known = Counter({lang: count for lang, count in spread.languages.items() if lang})
    of = spread.replies
    bars = [Bar(named(lang), count, of, 0, _kept(ValueMatch("lang", lang))) for lang, count in known.most_common(MOST)]
    rest = known.total() - sum(bar.count for bar in bars)
    more = len(known) - len(bars)
    if spread.languages.get(""):
        bars.append(Bar(Reason(Code.BAR_UNKNOWN), spread.languages[""], of, 0, UnknownValue("lang")))
    title = Reason(Code.BY_LANGUAGES, (len(known),))
    return Plot("languages", title, scaled(bars, _others(more, rest, of)))


def by_author(authors: Authors) -> Plot:
    """The authors, the most frequent first."""
    of = authors.replies
    bars = [Bar(named(f"@{handle}"), count, of, 0, author_filter(handle)) for handle, count in authors.most[:MOST]]
    rest = of - authors.unnamed - sum(bar.count for bar in bars)
    more = authors.known - len(bars)
    if authors.unnamed:
        bars.append(Bar(Reason(Code.BAR_UNKNOWN), authors.unnamed, of, 0, UnknownValue("author")))
    title = Reason(Code.BY_AUTHORS, (authors.known,))
    return Plot("authors", title, scaled(bars, _others(more, rest, of)))


def by_count(name: str, spread: Spread) -> Plot:
    """How the count `name` is distributed; unknown is not zero."""
    classes = spread.counts[name].classes
    top = max(classes, default=-1)
    lows = (0, *_FEW, 10) if top < 10 else _lows(_FINE if top < _MANY else _COARSE)
    bars = []
    for low, above in zip(lows, (*lows[1:], None), strict=True):
        if low <= top:
            replies = sum(n for edge, n in classes.items() if low <= edge and (above is None or edge < above))
            label, node = _range(name, low, above)
            bars.append(Bar(label, replies, spread.replies, 0, node))
    unknown = spread.replies - sum(classes.values())
    if unknown:
        bars.append(Bar(Reason(Code.BAR_UNKNOWN), unknown, spread.replies, 0, UnknownValue(name)))
    return Plot(name, Reason(Code.BY_COUNT_IN_ALL, (spread.counts[name].total,), (name,)), scaled(bars))


def _lows(multiples: tuple[int, ...]) -> tuple[int, ...]:
    """0, and the multiples of each power of ten up to a billion, all of them in CLASSES."""
    return (0, *(one * 10**power for power in range(10) for one in multiples))


def _range(name: str, low: int, above: int | None) -> tuple[Reason, Node]:
    """The label and the filter of a count from `low` to below `above`; None has no end."""
    if above is None:
        return Reason(Code.BAR_OR_MORE, (low,)), NumberComparison(name, ">=", low)
    if above == low + 1:
        return Reason(Code.BAR, (low,)), NumberComparison(name, "=", low)
    return Reason(Code.BAR_RANGE, (low, above - 1)), NumberRange(name, low, above - 1)


def triage_plots(spread: Spread, triage: TriageCounts) -> tuple[Plot, Plot]:
    """How far the triage is, and the tags."""
    of = spread.replies
    touched = {state: triage.states.get(state, 0) for state in (State.STARRED, State.REJECTED, State.SKIPPED)}
    done = sum(touched.values())
    states = {**{str(state): ValueMatch("is", str(state)) for state in touched}, "undecided": ValueMatch("is", "new")}
    bars = [
        Bar(Reason(Code.BAR_TERM, names=(state,)), count, of, of, node if count else None)
        for (state, node), count in zip(states.items(), (*touched.values(), of - done), strict=True)
    ]
    tags = [Bar(named(name), count, of, 0, _kept(ValueMatch("tag", name))) for name, count in triage.tags[:MOST]]
    more = len(triage.tags) - len(tags)
    if triage.untagged:
        tags.append(Bar(Reason(Code.BAR_UNTAGGED), triage.untagged, of, 0, And((_STARRED, UnknownValue("tag")))))
    title = Reason(Code.BY_TAG_MORE, (more,)) if more > 0 else Reason(Code.BY_TAG)
    note = None if tags else Reason(Code.NO_TAGS)
    triaged = Plot("triage", Reason(Code.TRIAGE_DONE, (done, of)), tuple(bars))
    return triaged, Plot("tags", title, scaled(tags), note)


def coverage_plots(spread: Spread, triage: TriageCounts) -> tuple[Plot, ...]:
    """What the starred replies cover: share of replies and of each count, languages, authors quoted twice."""
    starred, of = triage.states.get(State.STARRED, 0), spread.replies
    title = Reason(Code.COVERED_REPLIES, (starred, of))
    if not starred:
        return (Plot("covered", title, (), Reason(Code.NO_STARS)),)
    bars = [Bar(Reason(Code.BAR_REPLIES), starred, of, of, _STARRED)]
    for name in PLOTTED_COUNTS:
        if total := spread.counts[name].total:
            bars.append(Bar(Reason(Code.BAR_KNOWN, names=(name,)), triage.totals[name], total, total, _STARRED))
        if unknown := triage.unknown[name]:
            label = Reason(Code.BAR_NOT_KNOWN, names=(name,))
            bars.append(Bar(label, unknown, starred, starred, And((_STARRED, UnknownValue(name)))))
    return Plot("covered", title, tuple(bars)), _languages_covered(spread, triage), _twice(triage, starred)


def _languages_covered(spread: Spread, triage: TriageCounts) -> Plot:
    """How much of each language is starred; where nothing is, the filter shows what could be."""
    bars = []
    for lang, of in Counter(spread.languages).most_common(MOST):
        count = triage.languages.get(lang, 0)
        node = _kept(ValueMatch("lang", lang)) if lang else UnknownValue("lang")
        both = And((_STARRED, node)) if node is not None and count else node
        label = Reason(Code.BAR_LANGUAGE_OF, (of,), (lang,)) if lang else Reason(Code.BAR_UNKNOWN_OF, (of,))
        bars.append(Bar(label, count, of, of, both))
    missing = sum(1 for lang in spread.languages if lang and not triage.languages.get(lang))
    title = Reason(Code.LANGUAGES_NOT_COVERED, (missing,)) if missing else Reason(Code.LANGUAGES_COVERED)
    return Plot("covered languages", title, tuple(bars))


def _twice(triage: TriageCounts, starred: int) -> Plot:
    """The authors who are starred twice or more."""
    bars = []
    for handle, count in triage.twice[:MOST]:
        node = author_filter(handle)
        bars.append(Bar(named(f"@{handle}"), count, starred, 0, None if node is None else And((_STARRED, node))))
    more = len(triage.twice) - len(bars)
    title = Reason(Code.STARRED_TWICE_MORE, (more,)) if more else Reason(Code.STARRED_TWICE)
    return Plot("starred twice", title, scaled(bars), None if bars else Reason(Code.NOBODY))


def author_filter(handle: str) -> Node | None:
    """The filter for a handle; one that the filter language cannot write exactly is sought as words."""
    return _kept(ValueMatch("author", handle)) or _kept(TextMatch(handle, "author"))


def _kept(node: Node) -> Node | None:
    """`node` where its text parses to it again, else None: what comes from outside may be anything."""
    try:
        return node if parse(str(node)) == node else None
    except QueryError:
        return None


def _others(number: int, count: int, of: int) -> Bar | None:
    """What has no bar of its own, where there is any."""
    return Bar(Reason(Code.BAR_OTHERS, (number,)), count, of, 0) if count else None
