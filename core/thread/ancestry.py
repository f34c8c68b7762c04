"""Who answers whom in a thread: every post as a number, its parent, and its place in a chain by one author."""

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

MISSING_ROOT = 1 - (1 << 31)
"""Stands for a root that the library lacks."""
STRIDE = 50_000
"""Posts between two looks at whether the answer is still wanted."""

PostAndParent = tuple[int, str | None, int | None, str | None]
"""A post's seq, its author, the seq of the post that it answers, and that post's id where the library lacks it."""
Stop = Callable[[], bool]
"""Whether the answer is no longer wanted."""
Thing = TypeVar("Thing")


class Stopped(Exception):
    """The answer is no longer wanted."""


@dataclass(frozen=True, slots=True)
class Ancestry:
    """The posts of a thread as nodes: 0 is the root, then come the posts as the source gave them, then placeholders.

    A placeholder stands for a post that was answered but never captured. Its seq is below zero: that of the first post
    that answers it, turned round.
    """

    seqs: "array[int]"
    """By node."""
    parents: "array[int]"
    """By node, as nodes; 0 where the parent is the root or is not known."""
    part: "array[int]"
    """By node: its place in a chain of posts in which one author goes on, from 1; 0 outside of one."""
    parts: "array[int]"
    """By node: how long that chain is."""
    next_part: "array[int]"
    """By node: the node that goes on where this one ends, or 0."""
    low: int
    """The lowest seq of a post."""
    by_seq: "array[int]"
    """By seq less `low`: the node; 0 for what is no post of the thread."""
    placeholders: dict[int, int]
    """By seq: the node."""

    @property
    def posts(self) -> int:
        """How many posts there are."""
        return len(self.seqs) - len(self.placeholders) - (self.seqs[0] < 0)

    def node(self, seq: int) -> int | None:
        """The node of a post or a placeholder; None for one that is not among them."""
        if seq == self.seqs[0]:
            return 0
        if seq < 0:
            return self.placeholders.get(seq)
        return self.by_seq[seq - self.low] or None if 0 <= seq - self.low < len(self.by_seq) else None

    def known(self, seqs: "array[int]") -> "array[int]":
        """The nodes of posts, in their order; those that are not among them are left out."""
        if seqs and self.low <= min(seqs) and max(seqs) - self.low < len(self.by_seq):
            return array("i", map(self.by_seq.__getitem__, map((-self.low).__add__, seqs)))
        return array("i", (node for seq in seqs if (node := self.node(seq)) is not None))

    def chain_of(self, node: int, around: int) -> tuple[int, ...]:
        """The chain that `node` is part of, up to `around` nodes before and after it; empty outside of one."""
        if not self.part[node]:
            return ()
        before: list[int] = []
        at = node
        while self.part[at] > 1 and len(before) < around:
            at = self.parents[at]
            before.append(at)
        after: list[int] = []
        at = self.next_part[node]
        while at and len(after) < around:
            after.append(at)
            at = self.next_part[at]
        return (*reversed(before), node, *after)


def stoppable(stop: Stop, things: Iterable[Thing]) -> Iterator[Thing]:
    """The things one by one; raises Stopped where `stop`, which is asked now and then, says so."""
    source = iter(things)
    while batch := tuple(islice(source, STRIDE)):
        if stop():
            raise Stopped
        yield from batch


def zeros(count: int) -> "array[int]":
    """An array of `count` zeros."""
    return array("i", bytes(4 * count))


def ancestry(answers: Iterable[PostAndParent], root: int | None, root_id: str, stop: Stop = lambda: False) -> Ancestry:
    """The ancestry of a thread from its posts in the source's order; `root` is the root's seq where the library has it.

    Raises Stopped.
    """
    seqs = array("i", (MISSING_ROOT if root is None else root,))
    answered = array("i", (0,))
    authors = array("q", (0,))
    names: dict[str, int] = {root_id: MISSING_ROOT}
    for seq, author, parent, missing in stoppable(stop, answers):
        written = hash(author) if author else 0
        if seq == root:
            authors[0] = written
            continue
        if parent is None and missing is not None:
            parent = names.setdefault(missing, -seq)
        seqs.append(seq)
        answered.append(parent or 0)
        authors.append(written)
    del names[root_id]
    low, by_seq = _by_seq(seqs)
    # Both are in the order in which they came.
    placeholders = {seq: node for node, seq in enumerate(names.values(), len(seqs))}
    seqs.extend(placeholders)
    authors.extend([0] * len(placeholders))
    parents = _parents(answered, low, by_seq, placeholders, stop)
    parents.extend(zeros(len(placeholders)))
    _cut_cycles(parents, stop)
    part, parts, next_part = _chains(parents, authors, stop)
    return Ancestry(seqs, parents, part, parts, next_part, low, by_seq, placeholders)


def _by_seq(seqs: "array[int]") -> tuple[int, "array[int]"]:
    """The lowest seq of a post, and the nodes by their seq less that; no longer than the library has posts."""
    posts = memoryview(seqs)[seqs[0] < 0 :]
    low = min(posts, default=0)
    nodes = zeros(max(posts, default=-1) - low + 1)
    for node, seq in enumerate(posts, seqs[0] < 0):
        nodes[seq - low] = node
    return low, nodes


def _parents(
    answered: "array[int]", low: int, by_seq: "array[int]", placeholders: dict[int, int], stop: Stop
) -> "array[int]":
    """Parents as nodes, from seqs; what is no reply of the thread is its root."""
    count = len(by_seq)
    return array(
        "i",
        (
            by_seq[seq - low] if 0 <= seq - low < count else placeholders.get(seq, 0) if seq < 0 else 0
            for seq in stoppable(stop, answered)
        ),
    )


def _cut_cycles(parents: "array[int]", stop: Stop) -> None:
    """Hang the first post of each cycle under the root; only a post that answers a later one can be part of any."""
    walked = zeros(len(parents))
    for start, parent in enumerate(stoppable(stop, memoryview(parents))):
        if parent < start or walked[start]:
            continue
        node = start
        while node and not walked[node]:
            walked[node] = start
            node = parents[node]
        if node and walked[node] == start:
            first = at = node
            while (at := parents[at]) != node:
                first = min(first, at)
            parents[first] = 0


def _chains(
    parents: "array[int]", authors: "array[int]", stop: Stop
) -> tuple["array[int]", "array[int]", "array[int]"]:
    """Place, length and next node by node, where an author answers himself; the first such answer goes on."""
    part, parts, next_part = (zeros(len(parents)) for _ in range(3))
    heads: list[int] = []
    goes_on = bytearray(len(parents))
    for node, parent in enumerate(stoppable(stop, memoryview(parents))):
        if node and authors[node] == authors[parent] != 0 and not next_part[parent]:
            next_part[parent] = node
            goes_on[node] = 1
            heads.append(parent)
    for head in stoppable(stop, heads):
        if goes_on[head]:
            continue
        links = [head]
        while next_part[links[-1]]:
            links.append(next_part[links[-1]])
        for place, node in enumerate(links, 1):
            part[node], parts[node] = place, len(links)
    return part, parts, next_part
