"""A thread as a tree: the posts of a view with what they answer, in the order in which they are read from the top."""

from array import array
from dataclasses import dataclass

from core.thread.ancestry import Ancestry, Stop, stoppable, zeros


@dataclass(frozen=True, slots=True)
class Tree:
    """Every line of a tree that is open all over, by its place from the top; what is below a line follows it at once.

    The root stands at place 0. Its replies are no further in than it is, for then its own level would be lost to them;
    a post in which the author goes on is no further in than the one that it continues.
    """

    ancestry: Ancestry
    nodes: "array[int]"
    """By place: the node."""
    seqs: "array[int]"
    """By place: the post, or the placeholder, which is below zero."""
    up: "array[int]"
    """By place: the place of what it answers; 0 for the root."""
    size: "array[int]"
    """By place: how many lines it and all below it take."""
    level: "array[int]"
    """By place: how far in it stands."""
    hits: bytes
    """By place: 1 for a post of the view, 0 for what only connects."""
    places: "array[int]"
    """By node: the place; 0 for the root and for what is not in the tree."""

    def place(self, seq: int) -> int | None:
        """Where a post or a placeholder stands, or None where it does not."""
        node = self.ancestry.node(seq)
        return None if node is None else 0 if node == 0 else self.places[node] or None

    def is_hit(self, seq: int) -> bool:
        """Whether a post of the tree is one of the view."""
        place = self.place(seq)
        return place is not None and bool(self.hits[place])

    def below(self, place: int) -> range:
        """The places of all that is below a line."""
        return range(place + 1, place + self.size[place])

    def hits_below(self, place: int) -> int:
        """How many posts of the view are below a line."""
        return self.hits.count(1, place + 1, place + self.size[place])

    def answers(self, place: int) -> int:
        """How many lines are right below a line."""
        count, at = 0, place + 1
        while at < place + self.size[place]:
            count, at = count + 1, at + self.size[at]
        return count

    def top(self, place: int) -> int:
        """The place of the reply to the root that a line belongs to; 0 for the root."""
        while self.up[place]:
            place = self.up[place]
        return place

    def part(self, place: int) -> tuple[int, int]:
        """Which part of how many a line is in a chain by one author; (0, 0) outside of one."""
        node = self.nodes[place]
        return self.ancestry.part[node], self.ancestry.parts[node]


def build_tree(ancestry: Ancestry, order: "array[int]", stop: Stop = lambda: False) -> Tree:
    """The tree of a view's posts, seqs in its order; siblings keep that order. Raises core.thread.ancestry.Stopped.

    What the view leaves out stands in the tree where a post of the view is below it.
    """
    hits, ranked = _ranked(ancestry, order, stop)
    nodes = _from_the_top(*_linked(ancestry, ranked, stop), stop)
    count = len(nodes)
    up, size, level = zeros(count), array("i", (1,)) * count, zeros(count)
    places = zeros(len(ancestry.seqs))
    parents, part = ancestry.parents, ancestry.part
    for place, node in enumerate(stoppable(stop, memoryview(nodes))):
        places[node] = place
        above = up[place] = places[parents[node]]
        if above and part[node] < 2:
            level[place] = level[above] + 1
        else:
            level[place] = level[above]
    for place in stoppable(stop, range(count - 1, 0, -1)):
        size[up[place]] += size[place]
    return Tree(
        ancestry,
        nodes,
        seqs=array("i", map(ancestry.seqs.__getitem__, nodes)),
        up=up,
        size=size,
        level=level,
        hits=bytes(map(hits.__getitem__, nodes)),
        places=places,
    )


def _ranked(ancestry: Ancestry, order: "array[int]", stop: Stop) -> tuple[bytearray, "array[int]"]:
    """Which nodes are posts of the view; and all nodes of the tree but the root, in the order that siblings keep.

    What only connects stands where its first post in the view's order would.
    """
    hits, taken = bytearray(len(ancestry.seqs)), bytearray(len(ancestry.seqs))
    found = ancestry.known(order)
    for node in found:
        hits[node] = 1
    ranked, parents = array("i"), ancestry.parents
    taken[0] = 1
    for node in stoppable(stop, memoryview(found)):
        while not taken[node]:
            taken[node] = 1
            ranked.append(node)
            node = parents[node]
            if hits[node]:
                break
    return hits, ranked


def _linked(ancestry: Ancestry, ranked: "array[int]", stop: Stop) -> tuple["array[int]", "array[int]"]:
    """By node: its first child and its next sibling, or 0.

    Where an author goes on, that comes last, so that it follows the other replies; under the root it comes first.
    """
    child, sibling = zeros(len(ancestry.seqs)), zeros(len(ancestry.seqs))
    parents, part = ancestry.parents, ancestry.part
    for node in stoppable(stop, memoryview(ranked)):
        if part[node] > 1:
            child[parents[node]] = node
    own = child[0]
    child[0] = 0
    for node in stoppable(stop, reversed(ranked)):
        if part[node] < 2:
            parent = parents[node]
            sibling[node] = child[parent]
            child[parent] = node
    if own:
        sibling[own] = child[0]
        child[0] = own
    return child, sibling


def _from_the_top(child: "array[int]", sibling: "array[int]", stop: Stop) -> "array[int]":
    """The nodes in the order in which they are read, without recursion, for a thread may be as deep as it is long."""
    nodes, waiting = array("i"), [0]
    for _ in stoppable(stop, range(len(child))):
        node = waiting.pop()
        nodes.append(node)
        if sibling[node]:
            waiting.append(sibling[node])
        if child[node]:
            waiting.append(child[node])
        if not waiting:
            break
    return nodes
