"""The language of an article: paragraph by paragraph, then as a whole, then the variety where the language has two."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from services.language_detection.domain import languages, variety
from services.language_detection.domain.languages import Detector
from services.language_detection.domain.quotations import quoted, without_links
from services.language_detection.domain.scripts import UNKNOWN
from services.language_detection.domain.tokens import tokens
from services.language_detection.domain.values import (
    MULTIPLE,
    UNDETERMINED,
    Evidence,
    Judged,
    LanguagePack,
    Part,
    PartJudged,
    Span,
    Token,
    VarietyPack,
    Verdict,
)
from services.language_detection.domain.variety import Passage

_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")
_PARTS_AT_MOST = 500
_SHORT = 4  # a paragraph with fewer words reads as the article around it, where the script allows
_ALONE = 0.8  # share of the letters from which on the article has one language
_SECOND = 0.12  # share a second language needs to make the article a mixed one
_SURE = 0.98  # a paragraph this sure sets what the next ones are expected to be
_CONTEXT = 0.6  # how much of the article's score a paragraph inherits
_CONTEXT_AT_MOST = 3.0
_LANGUAGE_PRIOR = 1.5
_VARIETY_PRIOR = 1.0


@dataclass(frozen=True, slots=True)
class Models:
    """Everything detection knows, loaded once: language packs, variety packs, the stock detector, and the version."""

    languages: Mapping[str, LanguagePack]
    varieties: Mapping[str, VarietyPack]
    detector: Detector
    tags: Mapping[str, str]
    version: str

    def tag(self, code: str) -> str:
        """BCP 47 for an ISO 639-3 code."""
        return self.tags.get(code, code)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    span: Span
    text: str
    words: Sequence[Token]
    judged: Judged
    script: str

    @property
    def letters(self) -> int:
        return len(self.text)


def identify(headline: str | None, body: str, declared: str | None, models: Models) -> Verdict:
    """The verdict on an article. `declared` is what the publisher calls its language: a hint, not the truth."""
    prior = _language_prior(declared, models)
    paragraphs = [paragraph for paragraph in _paragraphs(headline, body, prior, models) if paragraph.words]
    shares = _shares(paragraphs)
    if not shares:
        return Verdict(Judged(UNDETERMINED, 0.0), UNKNOWN, ())
    main = min(shares, key=lambda code: (-shares[code], code))
    paragraphs = [_in_context(paragraph, main, paragraphs) for paragraph in paragraphs]
    verdict = _whole(paragraphs, models)
    for pack in models.varieties.values():
        if any(paragraph.judged.iso639_3 == pack.language for paragraph in paragraphs):
            verdict = _with_variety(verdict, paragraphs, pack, declared, models)
    return verdict


def _paragraphs(headline: str | None, body: str, prior: Mapping[str, float], models: Models) -> Iterator[_Paragraph]:
    expected: _Paragraph | None = None
    for part, text in _texts(headline, body):
        clean = without_links(text)
        for start, end in _cuts(clean):
            piece = clean[start:end]
            words = tokens(piece, start)
            span = Span(part, start, end)
            if expected is not None and _goes_on(words, expected, models):
                yield replace(expected, span=span, text=piece, words=words)
                continue
            judged, script = languages.judge(piece, start, words, models.languages, models.detector, prior)
            paragraph = _Paragraph(span, piece, words, judged, script)
            if expected is None and judged.confidence > _SURE and judged.iso639_3 in models.languages:
                expected = paragraph
            yield paragraph


def _goes_on(words: Sequence[Token], expected: _Paragraph, models: Models) -> bool:
    return languages.as_expected(words, models.languages[expected.judged.iso639_3])


def _texts(headline: str | None, body: str) -> Iterator[tuple[Part, str]]:
    if headline:
        yield "headline", headline
    yield "body", body


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    cuts = (match for match in _PARAGRAPH.finditer(text) if not match.group().isspace())
    for count, match in enumerate(cuts):
        if count == _PARTS_AT_MOST:
            yield match.start(), len(text)
            return
        yield match.span()


def _shares(paragraphs: Sequence[_Paragraph]) -> dict[str, float]:
    letters: Counter[str] = Counter()
    for paragraph in paragraphs:
        if paragraph.judged.iso639_3 != UNDETERMINED:
            letters[paragraph.judged.iso639_3] += paragraph.letters
    total = sum(letters.values())
    return {code: count / total for code, count in letters.items()} if total else {}


def _in_context(paragraph: _Paragraph, main: str, paragraphs: Sequence[_Paragraph]) -> _Paragraph:
    """A very short paragraph carries too little to differ from its article."""
    script = next(other.script for other in paragraphs if other.judged.iso639_3 == main)
    if paragraph.judged.iso639_3 == main or len(paragraph.words) > _SHORT or paragraph.script != script:
        return paragraph
    return replace(paragraph, judged=Judged(main, 0.6))


def _whole(paragraphs: Sequence[_Paragraph], models: Models) -> Verdict:
    shares = _shares(paragraphs)
    ordered = sorted(shares, key=lambda code: (-shares[code], code))
    parts = tuple(PartJudged(p.span, p.judged.iso639_3, p.judged.confidence) for p in paragraphs)
    main = [paragraph for paragraph in paragraphs if paragraph.judged.iso639_3 == ordered[0]]
    if shares[ordered[0]] < _ALONE and len(ordered) > 1 and shares[ordered[1]] >= _SECOND:
        sure = sum(p.judged.confidence * p.letters for p in paragraphs) / sum(p.letters for p in paragraphs)
        return Verdict(Judged(MULTIPLE, round(sure, 4)), main[0].script, parts)
    best = max(main, key=lambda paragraph: paragraph.judged.confidence)
    return Verdict(Judged(ordered[0], best.judged.confidence, best.judged.evidence), best.script, parts)


def _with_variety(
    verdict: Verdict, paragraphs: Sequence[_Paragraph], pack: VarietyPack, declared: str | None, models: Models
) -> Verdict:
    """Replace the language by its variety where the evidence suffices, in the whole and in every paragraph."""
    passages = [_narrated(p, pack) if p.judged.iso639_3 == pack.language else None for p in paragraphs]
    narrated = [passage for passage in passages if passage is not None]
    priors = _variety_prior(declared, pack)
    score = variety.weigh(narrated, pack, priors)
    judged = variety.decide(score, pack, pack.calibration.decide_document)
    parts = tuple(
        part if passage is None else _part(part, passage, score, judged, pack)
        for part, passage in zip(verdict.parts, passages, strict=True)
    )
    evidence = (*verdict.judged.evidence, *variety.evidence(narrated, pack, models.version), *priors)
    if verdict.judged.iso639_3 != pack.language:
        return replace(verdict, judged=replace(verdict.judged, evidence=evidence), parts=parts)
    confidence = round(judged.confidence * verdict.judged.confidence, 4)
    return replace(verdict, judged=Judged(judged.iso639_3, confidence, evidence), parts=parts)


def _part(part: PartJudged, passage: Passage, score: float, whole: Judged, pack: VarietyPack) -> PartJudged:
    """A paragraph is read in the light of its article; against a decided article it is left open, never contradicts."""
    context = max(-_CONTEXT_AT_MOST, min(_CONTEXT_AT_MOST, _CONTEXT * score))
    prior = Evidence("prior", pack.left if context > 0 else pack.right, abs(context), "article")
    found = variety.decide(variety.weigh([passage], pack, [prior]), pack, pack.calibration.decide_paragraph)
    if found.iso639_3 not in (whole.iso639_3, pack.language):
        found = Judged(pack.language, 1.0)
    return PartJudged(part.span, found.iso639_3, round(found.confidence * part.confidence, 4))


def _narrated(paragraph: _Paragraph, pack: VarietyPack) -> Passage:
    spans = quoted(paragraph.text)
    start = paragraph.span.start
    words = paragraph.words
    if spans:
        words = list(_outside(words, [(a + start, b + start) for a, b in spans]))
    return variety.read(paragraph.span.part, paragraph.text, start, words, pack)


def _outside(words: Sequence[Token], spans: Sequence[tuple[int, int]]) -> Iterator[Token]:
    index = 0
    for word in words:
        while index < len(spans) and spans[index][1] <= word.start:
            index += 1
        if index == len(spans) or word.end <= spans[index][0]:
            yield word


def _language_prior(declared: str | None, models: Models) -> dict[str, float]:
    if not declared:
        return {}
    wanted = declared.lower().split("-")[0]
    return {
        code: _LANGUAGE_PRIOR
        for code, pack in models.languages.items()
        if wanted in (code, pack.bcp47.lower()) or (code in models.varieties and _names(models.varieties[code], wanted))
    }


def _names(pack: VarietyPack, declared: str) -> str | None:
    """The variety a declared tag names, by ISO 639-3 code or BCP 47 tag."""
    return next((code for code, tag in pack.codes.items() if declared.lower() in (code, tag.lower())), None)


def _variety_prior(declared: str | None, pack: VarietyPack) -> list[Evidence]:
    code = _names(pack, declared.replace("_", "-")) if declared else None
    if code not in (pack.left, pack.right):
        return []
    return [Evidence("prior", code, _VARIETY_PRIOR, f"declared:{declared}")]
