"""Numbers of things, in words."""


def counted(number: int, noun: str) -> str:
    """`number` and `noun`, in the plural where it is not one: `1 post`, `3,000 posts`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
