"""What instances of Nitter answer on bad days, and what they were asked for."""

from tests.kit.played import Played

CHALLENGE = (
    "<!doctype html><html><head><title>Making sure you're not a bot!</title></head>"
    '<body><p>Loading...</p><script id="anubis_challenge" type="application/json">{}</script></body></html>'
)
LOGIN = '<html><title>Sign in</title><body><form><input type="password" name="p"></form></body></html>'


def pages_asked(server: Played) -> list[str]:
    """The status pages that were asked for, in their order."""
    return [target for target in server.asked if "/status/" in target]
