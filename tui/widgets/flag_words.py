"""What each flag of a post means to a writer."""

from core.models import Flag

FLAG_WORDS = {
    Flag.BIDI: "holds characters that turn the direction of writing",
    Flag.INVISIBLE: "holds invisible characters ({key:view.reveal} shows them)",
    Flag.CONTROL: "holds control characters, shown as signs",
    Flag.MIXED_SCRIPT: "the author's name mixes scripts, as look-alikes do",
    Flag.CUT: "longer than the import limit; the rest is in the payload",
    Flag.CUT_BY_SOURCE: "its source shows only the beginning",
    Flag.MARKUP: "may hold markup that is not the author's words",
    Flag.OTHER_HOST: "a link may name another host than the author's did",
    Flag.DAMAGED_TEXT: "some characters were broken in the file, shown as \ufffd",
    Flag.DAMAGED_ID: "the file gives its id as a rounded number",
    Flag.ROUNDED_COUNTS: "counts are rounded by the source",
    Flag.ODD_COUNTS: "its counts cannot be right",
    Flag.DOUBTFUL_COUNTS: "its tool is known to garble such counts",
    Flag.ODD_TIME: "its date cannot be right",
    Flag.ORPHAN: "what it answers was not captured",
    Flag.CYCLE: "its chain of answers came back to itself",
    Flag.CONFLICT: "the file holds it with two texts; this is the first",
    Flag.EDITED_BEFORE: "its author had edited it before it was captured",
    Flag.EDITED: "its author has edited it; this is the text that was captured first",
}
