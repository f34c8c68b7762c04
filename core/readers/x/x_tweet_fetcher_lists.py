"""What x-tweet-fetcher prints of an account, a list or a search: posts, each of which begins a thread of its own."""

from core.errors import PayloadError
from core.models import Post, Problem, Reading, TextLoss
from core.readers.kit.details import quoted_post
from core.readers.kit.document import Document
from core.readers.kit.fields import JsonObject
from core.readers.kit.threads import GatheredPosts
from core.readers.x.fetcher_faults import with_known_faults
from core.readers.x.x_tweet_fetcher import OF_PAGES, OF_SNAPSHOTS, reply_post
from core.reasons import Reason, ReasonCode
from core.text.x_posts import post_link

_ABOUT = ("username", "list_id", "query")


class XTweetFetcherListReader:
    """Reads the JSON that x-tweet-fetcher prints with --user, --list and --search."""

    name = "x-tweet-fetcher-list"
    title = "x-tweet-fetcher JSON (--user, --list or --search)"
    site = "x.com"
    long_list = None
    losses = TextLoss.NONE

    def detects(self, document: Document) -> bool:
        """Whether this is an object with posts as this tool names their fields."""
        value = document.value
        if not isinstance(value, dict) or not any(key in value for key in _ABOUT):
            return False
        entries = value.get("tweets")
        return isinstance(entries, list) and any(map(_is_tweet, entries[:20]))

    def read(self, document: Document) -> list[Reading]:
        """One reading for each post."""
        problems: list[Problem] = []
        value = document.value if isinstance(document.value, dict) else {}
        whole = JsonObject(value, "", problems, document.captured_at)
        from_html = value.get("backend") == "nitter"
        handles = _handles(whole)
        gathered = GatheredPosts()
        for item in whole.items("tweets"):
            post = _post(item, from_html, handles) if _is_tweet(item.values) else None
            if post is None:
                problems.append(Problem(item.place, Reason(ReasonCode.NO_TWEET)))
            else:
                gathered.add(post, post.id)
        if not gathered.posts:
            raise PayloadError(Reason(ReasonCode.POST_IDS_NOT_GIVEN, names=(document.name,)))
        return gathered.readings(self.name, "x-tweet-fetcher", problems=problems)


def _is_tweet(entry: object) -> bool:
    """Whether an entry is a post that the tool names."""
    if not isinstance(entry, dict):
        return False
    return isinstance(entry.get("author"), str) and "time_ago" in entry and bool(entry.get("tweet_id"))


def _handles(whole: JsonObject) -> dict[str, str]:
    """Display name -> handle, of those whose posts are here; the empty name is the account that was asked for."""
    found = {"": whole.handle("username") or ""}
    for item in whole.items("tweets"):
        name, handle = item.string("author_name"), item.handle("author")
        if name and handle:
            found.setdefault(name.strip(), handle)
    return found


def _post(item: JsonObject, from_html: bool, handles: dict[str, str]) -> Post | None:
    """One post; what an account has passed on is its author's."""
    post = reply_post(item, None, from_html)
    if not post.id:
        return None
    post = with_known_faults(post, item.values, from_html=from_html)
    quoted = item.item("quoted_tweet")
    if quoted:
        handle = quoted.handle("author")
        link = post_link(handle, quoted.id("tweet_id"))
        post = post.with_changes(details=quoted_post(handle, quoted.string("text"), link))
    sharer = item.string("retweeted_by")
    # The tool writes the name of who passed it on, which is the account's that was asked for.
    handle = (handles[""] or handles.get(sharer.strip())) if sharer else None
    return post.with_changes(losses=post.losses | (OF_PAGES if from_html else OF_SNAPSHOTS), shared_by=handle or None)
