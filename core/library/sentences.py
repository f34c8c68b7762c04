"""What formats of the library before the eighth kept as sentences in English, read as the records that they are now.

The sentences are those of the programs that wrote them, and stay as they are whatever this one says.
"""

import json
import re
from collections.abc import Mapping

from core.changes import ChangeName, ChangeVerb
from core.reasons import Reason, ReasonCode

_NUMBER = "#"
"""Stands for a number in a sentence, with or without separators."""
_SENTENCES: Mapping[str, ReasonCode] = {
    "# of ≈ # replies": ReasonCode.FEWER_REPLIES,
    "the source has further pages": ReasonCode.FURTHER_PAGES,
    "the source has further pages of replies": ReasonCode.FURTHER_REPLY_PAGES,
    "the source has a next page": ReasonCode.NEXT_PAGE,
    "the listing has a next page": ReasonCode.LISTING_NEXT_PAGE,
    "the first page is missing": ReasonCode.FIRST_PAGE_MISSING,
    "page # of # of a search": ReasonCode.SEARCH_PAGE,
    "# comments, as many as fit on a page; there may be more": ReasonCode.FULL_PAGE,
    "a page of posts, which does not say how many the topic has": ReasonCode.PAGE_OF_TOPIC,
    "a feed has the newest comments only, and not what each of them answers": ReasonCode.NEWEST_ONLY,
    "cut short on the page (more replies): # chains": ReasonCode.CUT_CHAINS,
    "X keeps further replies behind a prompt": ReasonCode.BEHIND_PROMPT,
    "# comments behind # “more” stubs": ReasonCode.BEHIND_STUBS,
    "only what a “more” stub led to": ReasonCode.ONLY_BEHIND_STUB,
    "# places where the thread continues on another page": ReasonCode.CONTINUED_ELSEWHERE,
    "the source has further replies that it hides": ReasonCode.HIDDEN_REPLIES,
    "# posts with more answers than are here (# more)": ReasonCode.POSTS_WITH_MORE_ANSWERS,
    "# comments with more answers than are here (# more)": ReasonCode.COMMENTS_WITH_MORE_ANSWERS,
    "# comments whose answers the payload lacks": ReasonCode.COMMENTS_WITHOUT_ANSWERS,
    "# answers to comments that are not here": ReasonCode.ANSWERS_MISSING,
    "# answers that the items name and the payload lacks": ReasonCode.NAMED_ANSWERS_MISSING,
    "# posts that the topic names and the payload lacks": ReasonCode.TOPIC_POSTS_MISSING,
    "# comments whose parent the payload lacks": ReasonCode.PARENTS_MISSING,
    "the payload begins at a reply, not at the post": ReasonCode.BEGINS_AT_REPLY,
    "only the answers to a single comment": ReasonCode.SINGLE_COMMENT,
    "the status whose context this is, is not in the file": ReasonCode.CONTEXT_ALONE,
    "the source does not say which post the comments are on": ReasonCode.POST_NOT_NAMED,
    "the source does not say which video the comments are on": ReasonCode.VIDEO_NOT_NAMED,
    "the source does not say what was commented on": ReasonCode.SUBJECT_NOT_NAMED,
    "nothing in it names the post that was answered, so it is a thread of its own; --root ID or LINK names the post": (
        ReasonCode.ROOT_NOT_NAMED
    ),
    "the snapshot is truncated; the rest of the page is missing": ReasonCode.SNAPSHOT_TRUNCATED,
    "the snapshot ends at character # of #": ReasonCode.SNAPSHOT_ENDS,
    "the fetcher found no reply": ReasonCode.NO_REPLY_FOUND,
    "the fetching of the comments was interrupted": ReasonCode.COMMENTS_INTERRUPTED,
    "the comments were not fetched": ReasonCode.COMMENTS_NOT_FETCHED,
    "its import has not finished; import the same file again and it goes on": ReasonCode.IMPORT_UNFINISHED,
    "its fetch has not finished; fetch it again and it goes on": ReasonCode.FETCH_UNFINISHED,
    "# pages could not be had": ReasonCode.PAGES_NOT_HAD,
    "it was stopped": ReasonCode.STOPPED,
    "there are more than # pages (max_pages under [sources])": ReasonCode.TOO_MANY_PAGES,
    "the last # pages brought nothing new": ReasonCode.NOTHING_NEW,
}
_BROKEN_OFF = "the fetch was broken off: "
_DIGITS = re.compile(r"\d[\d,]*")
_ONE_THING = re.compile(r"\b(1 (?:answer|chain|comment|page|place|post|“more” stub))\b(?!s)")


def reason_of_sentence(sentence: str) -> Reason:
    """The reason that an older program put into words; one that is not known stays as it was written."""
    if sentence.startswith(_BROKEN_OFF):
        return Reason(ReasonCode.BROKEN_OFF, causes=(reason_of_sentence(sentence.removeprefix(_BROKEN_OFF)),))
    code = _SENTENCES.get(_DIGITS.sub(_NUMBER, _ONE_THING.sub(r"\1s", sentence)))
    if code is None:
        return Reason.written(sentence)
    return Reason(code, tuple(int(digits.replace(",", "")) for digits in _DIGITS.findall(sentence)))


def reasons_column_of_sentences(column: str) -> str:
    """A column of reasons as it is kept now."""
    return json.dumps([reason_of_sentence(one).as_data() for one in json.loads(column)], ensure_ascii=False)


def problems_column_of_sentences(column: str) -> str:
    """A column of what was left out or mended as it is kept now; the sentences stay as they were written."""
    problems = [{**one, "reason": Reason.written(one["reason"]).as_data()} for one in json.loads(column)]
    return json.dumps(problems, ensure_ascii=False)


def change_column_of_sentence(sentence: str) -> str:
    """A column of a change's name as it is kept now; the sentence stays as it was written."""
    return json.dumps(ChangeName(ChangeVerb.WRITTEN, names=(sentence,)).as_data(), ensure_ascii=False)
