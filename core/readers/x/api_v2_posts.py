"""The posts of X's API v2, put together from what its answers keep apart: posts, users, media, errors."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from core.models import Flag, Post, PostDetail, Problem
from core.readers.kit.details import poll, quoted_post
from core.readers.kit.fields import JsonObject, identifier
from core.readers.kit.json_values import list_at, object_at, objects_at, value_at
from core.readers.kit.threads import GatheredPosts
from core.readers.kit.times import post_time
from core.readers.x.api_v2_signs import is_tweet
from core.readers.x.entities import described, media_links, place_of, status_of
from core.readers.x.legacy_post import Sent
from core.readers.x.shares import share_alone, share_of
from core.readers.x.text import is_escaped, known_losses
from core.reasons import Reason, ReasonCode
from core.text.x_posts import post_link

_COUNTS = {"likes": "like_count", "replies": "reply_count", "reposts": "retweet_count"}

Values = Mapping[str, object]
_PICTURES = ("pic.twitter.com/", "pic.x.com/")


class Pages:
    """What the answers of one payload have."""

    def __init__(self, problems: list[Problem], captured_at: int | None) -> None:
        self.problems, self.captured_at = problems, captured_at
        self.tweets: dict[str, JsonObject] = {}
        """The posts that were asked for."""
        self.others: dict[str, JsonObject] = {}
        """Those that came along."""
        self.users: dict[str, Values] = {}
        self.media: dict[str, Values] = {}
        self.polls: dict[str, Values] = {}
        self.places: dict[str, Values] = {}
        self.missing: dict[str, str] = {}
        """The id of a post that was not given -> why."""
        self.leads_on = False
        self.by_twarc = False
        self.is_stream = False
        """Whether the posts came at the moment at which they were made, when nobody could have answered."""
        self.fetched_at: int | None = None

    def add(self, page: Values, place: str) -> None:
        """Take one page, one line of a stream, or one flattened post."""
        data = page.get("data")
        if data is None and is_tweet(page):
            data = page
        given = [data] if isinstance(data, dict) else data if isinstance(data, list) else []
        for number, entry in enumerate(given):
            where = f"{place}.data[{number}]" if isinstance(data, list) else place
            if is_tweet(entry):
                self._take(JsonObject(entry, where.lstrip("."), self.problems, self.captured_at), self.tweets)
            else:
                self.problems.append(Problem(where.lstrip("."), Reason(ReasonCode.NO_API_V2_POST)))
        for entry in objects_at(page, "includes", "tweets"):
            self._take(JsonObject(entry, f"{place}.includes".lstrip("."), self.problems, self.captured_at), self.others)
        self.users |= _by(objects_at(page, "includes", "users"), "id")
        self.media |= _by(objects_at(page, "includes", "media"), "media_key")
        self.polls |= _by(objects_at(page, "includes", "polls"), "id")
        self.places |= _by(objects_at(page, "includes", "places"), "id")
        self.is_stream |= "matching_rules" in page
        for error in objects_at(page, "errors"):
            if error.get("resource_type") == "tweet" and (post_id := error.get("resource_id") or error.get("value")):
                self.missing[_id(post_id)] = str(error.get("detail") or error.get("title"))
        self.leads_on = bool(value_at(page, "meta", "next_token"))
        retrieved = value_at(page, "__twarc", "retrieved_at")
        time = post_time(retrieved, None) if isinstance(retrieved, str) else None
        self.by_twarc |= "__twarc" in page
        self.fetched_at = time.posted_at if time and time.posted_at else self.fetched_at

    def _take(self, item: JsonObject, into: dict[str, JsonObject]) -> None:
        """Keep a post, and what a flattened one has inside."""
        if not (post_id := item.id("id")):
            item.report("id", ReasonCode.MISSING)
            return
        into.setdefault(post_id, item)
        pending = [item.values]
        while pending:
            values = pending.pop()
            for key in ("author", "in_reply_to_user"):
                user = values.get(key)
                if isinstance(user, dict) and "username" in user:
                    self.users.setdefault(_id(user.get("id")), user)
            self.media |= _by(objects_at(values, "attachments", "media"), "media_key")
            self.polls |= _by([object_at(values, "attachments", "poll")], "id")
            self.places |= _by([object_at(values, "geo")], "id")
            for entry in objects_at(values, "referenced_tweets"):
                if is_tweet(entry) and (inner_id := _id(entry["id"])):
                    inner = JsonObject(entry, item.at("referenced_tweets"), self.problems, self.captured_at)
                    self.others.setdefault(inner_id, inner)
                    pending.append(entry)

    def gathered(self) -> GatheredPosts:
        """The posts that were asked for, those of the same conversations that came along, and those not given."""
        found = GatheredPosts()
        items = [*self._of_their_conversations(), *self.tweets.values()]
        for item in items:
            post = self._post(item)
            answered = self._user(item.values.get("in_reply_to_user_id")).get("username")
            versions = item.values.get("edit_history_tweet_ids")
            ids = [_id(one) for one in versions] if isinstance(versions, list) else []
            earlier = ids[:-1] if ids[-1:] == [post.id] else ()
            found.add(post, item.id("conversation_id"), answered if isinstance(answered, str) else None, earlier)
        self._add_missing(found)
        return found

    def _of_their_conversations(self) -> Iterator[JsonObject]:
        """The posts that came along and belong to a conversation, not those that are only quoted or reposted."""
        wanted = {_id(item.values.get("conversation_id")) for item in self.tweets.values()} - {""}
        pending = [_referenced(item.values, "replied_to") for item in self.tweets.values()]
        while pending:
            post_id = pending.pop()
            if post_id and post_id not in wanted:
                wanted.add(post_id)
                if post_id in self.others:
                    pending.append(_referenced(self.others[post_id].values, "replied_to"))
        for post_id, item in self.others.items():
            if post_id not in self.tweets and (post_id in wanted or _id(item.values.get("conversation_id")) in wanted):
                yield item

    def _add_missing(self, found: GatheredPosts) -> None:
        """Add the posts that were not given and that others answer; report the rest."""
        present = {post.id for post in found.posts}
        answered = {post.parent_id: found.conversations.get(post.id, "") for post in found.posts if post.parent_id}
        for post_id, why in self.missing.items():
            if post_id in present:
                continue
            if post_id in answered or post_id in found.conversations.values():
                gone = Post(id=post_id, text="", author=found.handles.get(post_id), status=status_of(why))
                found.add(gone, answered.get(post_id, post_id), None)
            else:
                self.problems.append(Problem(f"post {post_id}", Reason(ReasonCode.NOT_GIVEN, names=(why,))))

    def _post(self, item: JsonObject) -> Post:
        """The post that an object of API v2 is; of one that passes another on, that other one."""
        post = self._own_post(item)
        original_id = _referenced(item.values, "retweeted")
        if original_id is None:
            return post
        original = self.others.get(original_id) or self.tweets.get(original_id)
        return share_of(self._own_post(original), post.id, post.author) if original else share_alone(post, original_id)

    def _own_post(self, item: JsonObject) -> Post:
        """A post with its author and media, and what stands beside its words."""
        flags: list[Flag] = [Flag.EDITED_BEFORE] if len(list_at(item.values, "edit_history_tweet_ids")) > 1 else []
        time = item.time("created_at")
        author = JsonObject(self._author(item.values), item.at("author"), self.problems, None)
        counts = item.item("public_metrics") or JsonObject({}, "", self.problems, None)
        told = self._sent(item)
        text = told.shown()
        answers = item.values.get("in_reply_to_user_id") is not None
        return Post(
            id=item.id("id", flags),
            text=text,
            author=author.handle("username"),
            author_name=author.string("name"),
            author_id=item.id("author_id") or author.id("id") or None,
            parent_id=_referenced(item.values, "replied_to"),
            **time.as_fields(),
            # X began to count in December 2022; before that the field is there and 0.
            views=counts.count("impression_count", flags) or None,
            **counts.counts(_COUNTS, flags),
            lang=item.language("lang"),
            media=told.media,
            links=told.links(),
            flags=tuple(flags),
            losses=known_losses(text, may_begin_with_names=answers and not isinstance(told.span, list)),
            details=told.details,
        )

    def _author(self, values: Values) -> Values:
        """Who wrote a post; empty where that is not given."""
        author = values.get("author")
        return author if isinstance(author, dict) else self._user(values.get("author_id"))

    def _user(self, user_id: object) -> Values:
        """A user by id; empty where unknown."""
        found = _id(user_id)
        return self.users.get(found, {}) if found else {}

    def _sent(self, item: JsonObject) -> Sent:
        """What a post says and shows, and what stands beside that."""
        told = self._own_sent(item)
        quote = self._quoted(told.quoted_id)
        return replace(told, details=(*quote, *self._asked(item), *self._place(item), *told.details))

    def _own_sent(self, item: JsonObject) -> Sent:
        """What a post itself says and shows."""
        longer = item.item("note_tweet")
        note = longer.string("text") if longer else None
        urls = objects_at(item.values, "entities", "urls")
        urls += objects_at(longer.values, "entities", "urls") if longer else []
        keys = value_at(item.values, "attachments", "media_keys")
        media = [self.media[one] for key in (keys if isinstance(keys, list) else ()) if (one := _id(key)) in self.media]
        quoted_id = _referenced(item.values, "quoted")
        text = note or item.text("text")
        return Sent(
            text=text,
            span=(item.values.get("display_text_range") if note is None else None) or self._span(item, text),
            urls=urls,
            attached=[str(url["url"]) for url in urls if _is_picture(url) and isinstance(url.get("url"), str)],
            media=media_links(media),
            own_ids=[item.id("id"), *map(_id, list_at(item.values, "edit_history_tweet_ids"))],
            quoted_id=quoted_id,
            quoted_url=self._link(quoted_id) if quoted_id else None,
            escaped=note is None or is_escaped(note),
            details=tuple(described(media)),
        )

    def _quoted(self, quoted_id: str | None) -> tuple[PostDetail, ...]:
        """The post that another quotes, with its words where the answer has them."""
        quoted = (self.others.get(quoted_id) or self.tweets.get(quoted_id)) if quoted_id else None
        if quoted_id is None:
            return ()
        handle = self._author(quoted.values).get("username") if quoted else None
        words = self._own_sent(quoted).shown() if quoted else None
        return quoted_post(handle if isinstance(handle, str) else None, words, self._link(quoted_id))

    def _asked(self, item: JsonObject) -> tuple[PostDetail, ...]:
        """The answers of the poll of a post."""
        ids = [*map(_id, list_at(item.values, "attachments", "poll_ids"))]
        ids.append(_id(value_at(item.values, "attachments", "poll", "id")))
        asked = next((self.polls[one] for one in ids if one in self.polls), None)
        labels = (option.get("label") for option in objects_at(asked, "options"))
        return poll(label for label in labels if isinstance(label, str))

    def _place(self, item: JsonObject) -> tuple[PostDetail, ...]:
        """Where a post says that it was made."""
        place = self.places.get(_id(value_at(item.values, "geo", "place_id") or value_at(item.values, "geo", "id")))
        return place_of({"place": place})

    def _span(self, item: JsonObject, text: str) -> list[int] | None:
        """What X displays of a text where the answer does not say it, from the names that it begins with.

        X hides the one who is answered and those whom the answered post is by and names, each of them once; None where
        that is not sure of all names.
        """
        answered = _id(item.values.get("in_reply_to_user_id"))
        parent_id = _referenced(item.values, "replied_to")
        parent = (self.others.get(parent_id) or self.tweets.get(parent_id)) if parent_id else None
        hidden = {answered, *(_mentioned(parent.values) if parent else ())} - {""}
        start, seen = 0, set[str]()
        for mention in objects_at(item.values, "entities", "mentions"):
            user, begin, end = _id(mention.get("id")), mention.get("start"), mention.get("end")
            if not (isinstance(begin, int) and isinstance(end, int)) or text[start:begin].strip() or user in seen:
                break
            if user not in hidden and (parent or answered not in seen):
                break
            seen.add(user)
            start = end
        return [start, len(text)] if answered and seen else None

    def _link(self, post_id: str) -> str | None:
        """The link to a post, with its author where known."""
        quoted = self.others.get(post_id) or self.tweets.get(post_id)
        user = self._user(quoted.values.get("author_id")) if quoted else {}
        handle = user.get("username")
        return post_link(handle if isinstance(handle, str) and handle else None, post_id)


def _id(value: object) -> str:
    """An id, or the empty text."""
    return identifier(value)[0]


def _by(entries: Iterable[Values], key: str) -> dict[str, Values]:
    """Id -> object, for those that have one."""
    return {found: entry for entry in entries if (found := _id(entry.get(key)))}


def _mentioned(values: Values) -> list[str]:
    """The numbers of the accounts that a post names."""
    return [_id(one.get("id")) for one in objects_at(values, "entities", "mentions")]


def _referenced(values: Values, kind: str) -> str | None:
    """The id of the post that this one answers, quotes or reposts."""
    entries = objects_at(values, "referenced_tweets")
    return next((found for one in entries if one.get("type") == kind and (found := _id(one.get("id")))), None)


def _is_picture(url: Values) -> bool:
    """Whether a link stands for a picture or video of the post."""
    shown = url.get("display_url")
    return "media_key" in url or (isinstance(shown, str) and shown.startswith(_PICTURES))
