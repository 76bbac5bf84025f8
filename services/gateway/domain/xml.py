"""Text that may stand in XML 1.0: everything else in a hostile headline is replaced."""

import re

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """The text with every character XML forbids (controls, surrogates, noncharacters) replaced."""
    return _ILLEGAL.sub("\ufffd", text)
