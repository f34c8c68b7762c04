"""Control characters as visible signs, the same on the screen and in files."""


def control_picture(code: int) -> str | None:
    """What stands for a C0, DEL or C1 control character, or None where `code` is none of them."""
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    return f"‹{code:02X}›" if 0x80 <= code < 0xA0 else None
