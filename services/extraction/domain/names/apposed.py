"""Names without capitals that a role stands beside: «the governor, X Y, said», «X Y, governor of Z»."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple, Protocol

_OPENING = frozenset('"«(،,:؛.!؟\n')
_CLOSING = frozenset('"»)،,')
_REACH = 70
_NEAR = 3
_LONGEST = 3


class Placed(Protocol):
    """A word with its place in the folded text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def text(self) -> str: ...


class Roles(NamedTuple):
    """Where roles and titles begin and end in one part, in order."""

    starts: frozenset[int]
    ends: tuple[int, ...]


def is_apposed(folded: str, chain: Sequence[Placed], roles: Roles, plain: frozenset[str]) -> bool:
    """Whether two or three uncommon words fill the room between two marks, with a role right beside them."""
    if not 2 <= len(chain) <= _LONGEST or any(word.text in plain or len(word.text) < 3 for word in chain[:-1]):
        return False
    start, end = chain[0].start, chain[-1].end
    before, after = folded[:start].rstrip(" ")[-1:], folded[end : end + 1]
    if (before and before not in _OPENING) or after not in _CLOSING:
        return False
    between = before in ("،", ",") and after in ("،", ",")
    everyday = chain[-1].text in plain  # many surnames are; a plural before one is not a given name
    if everyday and (not between or chain[0].text.endswith(("ها", "های", "ان", "ات"))):
        return False
    if any(at in roles.starts for at in range(end + 1, end + 1 + _NEAR)):
        return True
    return (between or before in ('"', "«")) and _role_before(folded, start, roles)


def _role_before(folded: str, start: int, roles: Roles) -> bool:
    """A role in the stretch that the mark before the name closes."""
    front = folded[max(0, start - _REACH) : start].rstrip(' "«،,')
    opened = max(front.rfind(mark) for mark in "،,.:؛\n")
    first = max(0, start - _REACH) + opened + 1
    place = bisect_right(roles.ends, first)
    return place < len(roles.ends) and roles.ends[place] < start


_BODIES = "حزبالله انصارالله جندالله ثارالله بقیهالله"
_WISHES = "انشالله انشاالله ماشاالله باالله بالله ایتالله حجتالله رسولالله"
_NO_NAMES = frozenset((*_BODIES.split(), *_WISHES.split()))


def is_devout_name(word: str) -> bool:
    """The compound given names of Persian and Dari: «servant of ...», «... of God», Muhammad with another name."""
    if len(word) < 6 or word in _NO_NAMES or word.startswith("محمدی"):
        return False
    return word.startswith(("عبدال", "محمد")) or word.endswith(("الله", "محمد"))
