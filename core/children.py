"""Programs of others that we start: what of our environment they see.

A shell's environment holds keys: ours, and those of whatever else the user works with. A program gets what it needs to
find itself, the screen and the network, and nothing else.
"""

import re
from collections.abc import Mapping

_SEEN = re.compile(
    # Itself, its user, its place.
    r"PATH|HOME|USER|LOGNAME|SHELL|TMPDIR|TEMP|TMP|TZ|XDG_\w+|VIRTUAL_ENV|LD_LIBRARY_PATH|DYLD_\w+"
    r"|PYTHON(PATH|HOME|UTF8|IOENCODING|UNBUFFERED|DONTWRITEBYTECODE)"
    r"|SYSTEMROOT|WINDIR|COMSPEC|PATHEXT|USERPROFILE|APPDATA|LOCALAPPDATA|PROGRAMFILES|PROGRAMDATA"
    # The language and the screen.
    r"|LANG|LANGUAGE|LC_\w+|TERM|COLORTERM|TERMINFO(_DIRS)?|TERM_PROGRAM(_VERSION)?|VTE_VERSION|NO_COLOR|COLUMNS|LINES"
    r"|DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|DBUS_SESSION_BUS_ADDRESS|WSL_DISTRO_NAME|WSL_INTEROP|WT_SESSION"
    r"|TMUX|TMUX_PANE|TMUX_TMPDIR|STY|SCREENDIR|WINDOW|SSH_(CONNECTION|CLIENT|TTY)"
    r"|VISUAL|EDITOR|VIMINIT|MYVIMRC|NVIM_APPNAME|NVIM|EMACS_(SOCKET_NAME|SERVER_FILE)|VSCODE_IPC_HOOK_CLI"
    # The network, and the fetchers' own settings.
    r"|(HTTPS?|ALL|NO|FTP)_PROXY|SSL_CERT_\w+|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|NODE_EXTRA_CA_CERTS"
    r"|XTF_\w+|NITTER_URL|PLAYWRIGHT_BROWSERS_PATH",
    re.IGNORECASE,
)
"""The variables' names: a list of what is handed on, for nobody can list what is secret."""


def child_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """What of an environment another program gets."""
    return {name: value for name, value in environ.items() if _SEEN.fullmatch(name)}
