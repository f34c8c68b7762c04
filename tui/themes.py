"""The colours: the terminal's own unless the settings name one of Textual's themes."""

from textual.theme import BUILTIN_THEMES, Theme

TERMINAL = Theme(
    name="terminal",
    primary="ansi_default",
    secondary="ansi_default",
    warning="ansi_default",
    error="ansi_default",
    success="ansi_default",
    accent="ansi_default",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    ansi=True,
    variables={
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-background": "ansi_default",
        "block-cursor-text-style": "reverse",
        "block-cursor-blurred-foreground": "ansi_default",
        "block-cursor-blurred-background": "ansi_default",
        "block-cursor-blurred-text-style": "reverse",
        "border": "ansi_default",
        "border-blurred": "ansi_default",
        "scrollbar": "ansi_default",
        "scrollbar-hover": "ansi_default",
        "scrollbar-active": "ansi_default",
        "scrollbar-background": "ansi_default",
        "scrollbar-background-hover": "ansi_default",
        "scrollbar-background-active": "ansi_default",
        "input-selection-background": "ansi_cyan",
        "input-selection-foreground": "ansi_black",
        "link-color": "ansi_default",
        "link-color-hover": "ansi_default",
        "link-background-hover": "ansi_default",
        "markdown-h1-color": "ansi_default",
        "markdown-h2-color": "ansi_default",
        "markdown-h3-color": "ansi_default",
        "markdown-h3-text-style": "bold",
        "markdown-h4-color": "ansi_default",
        "markdown-h5-color": "ansi_default",
        "markdown-h6-color": "ansi_default",
    },
)
"""No colour of its own: what stands out does so by weight, lines and reversal, on a black ground as on a white one."""


def theme(name: str) -> Theme | None:
    """The theme of a name that the settings give, or None where there is none."""
    return TERMINAL if name == TERMINAL.name else BUILTIN_THEMES.get(name)


def unknown_theme(name: str, greeting: str) -> str:
    """The greeting, after what the settings' theme is instead of the one that does not exist."""
    known = ", ".join((TERMINAL.name, *sorted(BUILTIN_THEMES)))
    said = f"There is no theme ‘{name}’, so the terminal's own colours are used; there are {known}."
    return f"{said} · {greeting}" if greeting else said
