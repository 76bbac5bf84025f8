"""Training gives the same artefact for the same texts, and learns what tells two varieties apart."""

from pathlib import Path

from services.language_detection.domain.ngrams import odds, pair_odds, scale, sequence, word_odds
from services.language_detection.domain.tokens import tokens
from services.language_detection.packs.train import frequent_words, main, read_ntrex, read_tico, train_ngrams

LEFT, RIGHT = ("prs", "پولیس سرک را بست"), ("pes", "پلیس خیابان را بست")


def test_the_same_texts_give_the_same_weights() -> None:
    """Counts, not chance: any order of the sentences gives equal weights."""
    texts = [LEFT, RIGHT] * 4
    assert train_ngrams(texts, [], "prs", "pes") == train_ngrams(texts[::-1], [], "prs", "pes")


def test_weights_lean_to_the_variety_that_uses_the_word() -> None:
    """A word of one variety only leans to it; a word of both says nothing."""
    weights = train_ngrams([LEFT, RIGHT] * 4, [], "prs", "pes")
    assert weights["پولیس"] > 0 > weights["پلیس"]
    assert "را" not in weights


def test_one_scale_for_short_and_long() -> None:
    """A text four times as long says twice as much, not four times."""
    assert scale(4 * 1.0, 4 * 9) == 2 * scale(1.0, 9)
    assert scale(0.0, 0) == 0.0


def test_punctuation_between_words_is_one_mark() -> None:
    """Whatever stands between two words is read by its first mark; bidi controls and spaces are none."""
    text = "پولیس، \u200f«سرک» را"
    assert sequence(text, 0, tokens(text)) == ["پولیس", "،", "سرک", "»", "را"]


def test_words_and_pairs_add_up() -> None:
    """The memory's view of a text equals the sum over its words and pairs."""
    weights = {"پولیس": 1.0, "^ پولیس": 0.5}
    assert word_odds("پولیس", weights)[0] == 1.0
    assert pair_odds("^ پولیس", weights) == 0.5
    assert odds([], {}, {}) == (0.0, 0)


def test_frequent_words_need_many_documents() -> None:
    """A subject of one document is no habit of a language."""
    texts = [(f"d{n}", "eng", "the plan") for n in range(12)] + [("d0", "eng", "kumquat " * 30)]
    texts += [(f"d{n}", "fra", "le plan") for n in range(12)]
    words = frequent_words(texts, [frozenset({"eng", "fra"})])
    assert words["eng"].keys() == {"the"}
    assert "le" in words["fra"]
    assert "the" not in words["fra"]


def test_the_readers_take_both_files(tmp_path: Path) -> None:
    """NTREX and TICO-19 as they are published in tab-separated form."""
    (tmp_path / "n.tsv").write_text("doc\tsentence\tlang\ttext\nd1\t0\tprs\tپولیس\n", encoding="utf-8")
    (tmp_path / "t.tsv").write_text("eng\tpes\tprs\tarb\npolice\tپلیس\tپولیس\tشرطة\n", encoding="utf-8")
    assert read_ntrex(tmp_path / "n.tsv") == [("d1", "prs", "پولیس")]
    assert ("prs", "پولیس") in read_tico(tmp_path / "t.tsv")
    assert callable(main)
