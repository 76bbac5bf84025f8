"""How much a feature tells: a frozen, versioned inverse document frequency."""

import math
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """Document frequencies counted once over `articles` texts. Frozen: the stream must not change its own memory."""

    version: str
    articles: int
    features: Mapping[str, int]
    texts: int
    stems: Mapping[str, int]
    stop: frozenset[str] = frozenset()

    def feature(self, feature: str) -> float:
        """Weight of a feature; an unseen one weighs most."""
        name = "E" + feature[1:] if feature[0] in "PLO" else feature
        return max(0.05, math.log((self.articles + 100) / (self.features.get(name, 0) + 2)))

    def stem(self, stem: str) -> float:
        """Weight of a word stem; an unseen one weighs most."""
        return max(0.05, math.log((self.texts + 100) / (self.stems.get(stem, 0) + 2)))


NO_WEIGHTS = Weights("none", 0, {}, 0, {})
