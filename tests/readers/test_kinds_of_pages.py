"""A page that is no thread is called what it is."""

import pytest

from core.readers.kit.page_kinds import kind_of_page, panel_words

SHORT = "<html><head><title>{0}</title></head><body><p>{1}</p></body></html>"
ASKS, LOGIN, AGE = "a page that asks who is browsing", "a login page", "a page that asks for your age"
LIMIT, REFUSES, PLAIN = "a page that says there were too many requests", "a page that refuses access", "a web page"


@pytest.mark.parametrize(
    ("title", "said", "kind"),
    [
        ("Making sure you're not a bot!", "Loading...", ASKS),
        ("nitter.example", "Checking your browser before you go on.", ASKS),
        ("Attention Required! | Wall", "", ASKS),
        ("", "Please wait while we verify that you are human", ASKS),
        ("Sign in to Brolly", "", LOGIN),
        ("登录", "", LOGIN),
        ("harbourfolk: over 18?", "You must be 18+ to view this community. Log in", AGE),
        ("429 Too Many Requests", "nginx", LIMIT),
        ("403 Forbidden", "nginx", REFUSES),
        ("crane/notes.md at main", 'Notes on the crane. <a href="/login">Sign in</a>', PLAIN),
        ("A report", "On captchas and how to verify your browser. " * 100, PLAIN),
        ("About Nitter", "Feeds", "a Nitter page that shows no single post"),
    ],
)
def test_a_page_of_few_words_is_named_by_them(title: str, said: str, kind: str) -> None:
    assert kind_of_page(SHORT.format(title, said)).partition(" (")[0] == kind


@pytest.mark.parametrize(
    ("inside", "kind"),
    [
        ('<script src="/cdn-cgi/challenge-platform/h/b.js"></script>', ASKS),
        ('<script id="anubis_challenge" type="application/json">{}</script>', ASKS),
        ("<form><input name=p type=password></form>", LOGIN),
        ("<script>var said = 'verify your browser';</script>", PLAIN),
        ('<form><input type="password"></form>' + "Notes on the crane. " * 100, PLAIN),
        ("<style>.captcha { color: red }</style>", PLAIN),
    ],
)
def test_a_page_is_named_by_what_it_is_made_of(inside: str, kind: str) -> None:
    assert kind_of_page(SHORT.format("", inside)) == kind


def test_the_title_is_told_as_it_reads() -> None:
    assert kind_of_page(SHORT.format("Tom &amp; Ada\n said", "")) == "a web page (“Tom & Ada said”)"


def test_nitters_own_words_are_told_on_one_line() -> None:
    html = '<div class="error-panel"><span>Instance has been rate limited.<br>Use another &amp; wait.</span></div>'
    assert panel_words(html) == "Instance has been rate limited. Use another & wait."
    assert kind_of_page(f"<html>{html}</html>") == panel_words(html)
    assert panel_words("<p>error-panel</p>") == ""
