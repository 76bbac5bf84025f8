"""A text that is not the page's own: it always goes with its language, and so with its direction."""

from dataclasses import dataclass

from contracts.messages.spans import SpanV1
from services.gateway.board.scripts import direction_of, lang_attribute


class _Worded:
    """Something in a language: what its attributes in a page are."""

    __slots__ = ()
    language: str

    @property
    def lang(self) -> str:
        """The value of the `lang` attribute."""
        return lang_attribute(self.language)

    @property
    def dir(self) -> str:
        """The value of the `dir` attribute."""
        return direction_of(self.language)


@dataclass(frozen=True, slots=True)
class Text(_Worded):
    """Words in a language (BCP 47 or ISO 639-3; empty where it is not known)."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Excerpt(_Worded):
    """A sentence with the stretch of it that matters."""

    before: str
    marked: str
    after: str
    language: str = ""


def excerpt(span: SpanV1, sentence: SpanV1 | None, language: str) -> Excerpt:
    """The sentence around a span, or the span alone where it does not lie in it."""
    if sentence is None or sentence.part != span.part or not sentence.start <= span.start <= span.end <= sentence.end:
        return Excerpt("", span.text, "", language)
    start, end = span.start - sentence.start, span.end - sentence.start
    if sentence.text[start:end] != span.text:
        return Excerpt("", span.text, "", language)
    return Excerpt(sentence.text[:start], span.text, sentence.text[end:], language)
