"""What Textual itself needs: one line of text and a footer."""

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.widgets import Footer, Static

READY = "bare and ready"


class BareApp(App[None]):
    """Shows a line and a footer."""

    BINDINGS = [Binding("q", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield Static(READY)
        yield Footer()


if __name__ == "__main__":
    BareApp().run()
