"""Addresses of articles: one canonical form, whatever tracking, mobile or AMP address a copy came by."""

import re
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

_TRACKING = re.compile(
    r"(?:utm_|ga_|pk_|mtm_|hsa_|__)\w*|(?:fb|gc|dc|ms|y|tw|igsh|mc_e|mc_c|wbra|gbra)(?:clid|id|aid)|igshid|"
    r"ref(?:_?src|errer|url)?|source|src|cmp(?:id)?|campaign|ocid|smid|ncid|sr_share|share|shared|from|at_\w+|"
    r"amp|outputtype|output|_ga|spm|cmpredirect|traffic_source|guccounter|s_cid|ftag|rss|xtor|echobox"
)
_MOBILE_HOSTS = re.compile(r"^(?:www\d?|m|mobile|amp|wap|touch|mobi)\.(?=[^.]+\.[^.]+)")
_AMP_PATH = re.compile(r"(?:^/amp(?=/))|(?:/amp(?:\.html)?/?$)|(?:\.amp(?=\.html?$))|(?:\.amp$)")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$")
_HOST = re.compile(r"[^\s/@:?#\[\]]+")
_PORTS = {80, 443, None}


def canonical_url(url: str | None) -> str | None:
    """The canonical form of a web address, or None for what is none."""
    parts = _split(url)
    if parts is None or not parts.hostname:
        return None
    path = _INDEX.sub("/", _AMP_PATH.sub("", re.sub(r"/{2,}", "/", parts.path)))
    path = path.rstrip("/") or "/"
    query = urlencode(sorted(pair for pair in parse_qsl(parts.query) if not _TRACKING.fullmatch(pair[0].lower())))
    port = "" if _port(parts) in _PORTS else f":{_port(parts)}"
    return f"https://{host_of(url)}{port}{path}" + (f"?{query}" if query else "")


def host_of(url: str | None) -> str | None:
    """The host without www, mobile or AMP prefixes; None for what is no web address."""
    parts = _split(url)
    host = parts.hostname if parts else None
    if not host or not _HOST.fullmatch(host):
        return None
    host = host.rstrip(".")
    try:
        host = host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError:
        return None
    return _MOBILE_HOSTS.sub("", _MOBILE_HOSTS.sub("", host))


def _split(url: str | None) -> SplitResult | None:
    text = (url or "").strip()
    if not text or any(char.isspace() for char in text):
        return None
    if "@" in text.split("/")[0]:
        return None
    if "://" not in text:
        text = f"https://{text.lstrip('/')}" if "." in text.split("/")[0] or text.startswith("//") else ""
    try:
        parts = urlsplit(text)
        return parts if parts.scheme.lower() in ("http", "https") and host_is_dotted(parts) else None
    except ValueError:
        return None


def host_is_dotted(parts: SplitResult) -> bool:
    """A host has a dot, or is localhost: anything else is a word, not an address."""
    host = parts.hostname or ""
    return "." in host.strip(".") or host == "localhost"


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:
        return None
