"""Build small articles for tests of speech: paragraphs, plain sentences, and names given by their surfaces."""

import re

from services.extraction.domain.values import ArticleText, Block, Entity, Mention, Sentence, Span, TextPart
from services.shared.text.fold import fold

_SENTENCE = re.compile(r"[^.!?؟\n]*(?:[.!?؟]+[\"”»]?(?=\s|$)|$)")
PEOPLE = {
    "macron": ("Emmanuel Macron", "Macron|ماکرون|ماكرون|Макрон"),
    "starmer": ("Keir Starmer", "Keir Starmer|Starmer|استارمر|ستارمر|Стармер"),
    "zelensky": ("Volodymyr Zelensky", "Zelensky|زلنسکی|زيلينسكي|Зеленський|Зеленский|Зеленського"),
    "trump": ("Donald Trump", "Trump|ترامپ|ترامب|Трамп"),
}
BODIES = {
    "coalition_willing": (
        "Coalition of the Willing",
        "ائتلاف داوطلبان|تحالف الراغبين|Коаліція охочих|Coalition of the Willing",
    ),
    "white_house": ("White House", "White House|کاخ سفید|البيت الأبيض"),
    "russia": ("Russia", "Russia|روسیه|روسيا|Росія|Россия"),
    "usa": ("United States", "United States|Washington|آمریکا|واشنگتن|الولايات المتحدة|واشنطن|США"),
}
_PLACES = frozenset(("russia", "usa"))


def article(body: str, language: str) -> ArticleText:
    """A body of paragraphs with plain sentences; no headline, no boilerplate."""
    blocks, sentences, start = [], [], 0
    for line in body.split("\n"):
        if line.strip():
            blocks.append(Block(Span("body", start, start + len(line)), "paragraph"))
            sentences += [
                Sentence(Span("body", start + m.start(), start + m.end()), "paragraph")
                for m in _SENTENCE.finditer(line)
                if m.group().strip()
            ]
        start += len(line) + 1
    return ArticleText((TextPart("body", body, fold(body)),), language, tuple(blocks), tuple(sentences))


def cast(body: str) -> tuple[Entity, ...]:
    """The known people and bodies that a body names."""
    found = []
    for id_, (name, pattern) in (PEOPLE | BODIES).items():
        mentions = tuple(Mention(Span("body", *m.span()), "name") for m in re.finditer(pattern, body))
        kind = "place" if id_ in _PLACES else "person" if id_ in PEOPLE else "organisation"
        if mentions:
            found.append(Entity(id_, kind, name, None, mentions))  # type: ignore[arg-type]
    return tuple(found)
