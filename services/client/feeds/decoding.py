"""Bytes of a feed to text. What a feed declares is believed only where its bytes agree: undeclared cp1256 is common."""

import codecs
import re

_BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# The single-byte encodings of the languages we read; which one it is shows in the letters, not in the bytes.
_SINGLE = ("cp1256", "cp1251", "cp1252")
_LABELS = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "iso-8859-6": "cp1256", "ascii": "utf-8", "us-ascii": "utf-8"}


def decode(data: bytes, content_type: str = "") -> str:
    """The text, without its XML declaration; never fails."""
    for bom, encoding in _BOMS.items():
        if data.startswith(bom):
            return _plain(data[len(bom) :].decode(encoding, errors="replace"))
    for encoding in (*_declared(data, content_type), "utf-8"):
        try:
            return _plain(data.decode(encoding))
        except (LookupError, ValueError):
            continue
    return _plain(_guessed(data))


def _declared(data: bytes, content_type: str) -> list[str]:
    found = []
    if match := _DECLARED.match(data[:300]):
        found.append(match[1].decode().lower())
    if told := re.search(r"charset\s*=\s*[\"']?([A-Za-z0-9._-]+)", content_type):
        found.append(told[1].lower())
    # A default of servers says nothing: what is UTF-8 is UTF-8, and the rest is guessed.
    return [encoding for encoding in found if encoding not in _LABELS]


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000], cp_isolation=list(_SINGLE)).best()
    return data.decode(best.encoding if best else "cp1252", errors="replace")


def _plain(text: str) -> str:
    return _DECLARATION.sub("", text, count=1)
