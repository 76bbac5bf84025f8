"""Everything extraction knows, loaded once from the packs."""

from dataclasses import dataclass

from services.extraction.domain.names import Gazetteer
from services.extraction.domain.quantities import QuantityPack
from services.extraction.domain.reading import Agencies, Rules
from services.extraction.domain.speech import Cues, Subject


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The packs as values; `versions` is stamped into every message."""

    rules: Rules
    agencies: Agencies
    gazetteer: Gazetteer
    quantities: QuantityPack
    cues: Cues
    subject: Subject
    countries: frozenset[str]
    versions: dict[str, str]
