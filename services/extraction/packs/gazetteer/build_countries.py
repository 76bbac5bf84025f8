"""Write countries.psv from the CLDR names in Babel: python -m services.extraction.packs.gazetteer.build_countries."""

import re
from pathlib import Path

from babel import Locale

from services.shared.text.fold import fold_text

LOCALES = (("en",), ("fr",), ("uk",), ("ru",), ("ar", "ar_LB"), ("fa", "fa_AF"))
IDS = {
    "US": "usa", "GB": "uk", "AE": "uae", "TR": "turkey", "CZ": "czechia", "KP": "north_korea", "KR": "south_korea",
    "PS": "palestine", "MM": "myanmar", "CD": "drc", "CG": "congo", "CI": "ivory_coast", "BA": "bosnia",
    "MK": "north_macedonia", "HK": "hong_kong", "MO": "macao", "VA": "vatican", "TL": "timor_leste",
}  # fmt: skip
# Names that are everyday words, or another place more often: (territory, column).
DROPPED = {
    ("TG", 2), ("TG", 3), ("ML", 5), ("PE", 5), ("IM", 0), ("IM", 1), ("JE", 0), ("JE", 1), ("RE", 1), ("TD", 4),
    ("GU", 5), ("OM", 4), ("NU", 5), ("TO", 5), ("CX", 0), ("LA", 5), ("019", 5), ("019", 3), ("VG", 3), ("VI", 3),
}  # fmt: skip
_NO_COUNTRY = "EU EZ UN QO XA XB ZZ AC CP CQ DG EA IC TA UM BV HM TF IO GS SX MF"
SKIPPED = frozenset(_NO_COUNTRY.split())
REGIONS = {"002": "africa", "142": "asia", "150": "europe", "019": "americas", "419": "latin_america"}


def rows() -> list[str]:
    """One line for every territory, sorted by id."""
    tables = [[_territories(name) for name in names] for names in LOCALES]
    codes = [code for code in tables[0][0] if code not in SKIPPED and (code in REGIONS or not code.isdigit())]
    return sorted((_row(code, tables) for code in codes), key=lambda row: row.partition("|")[0])


def _territories(locale: str) -> dict[str, str]:
    return {str(code): str(name) for code, name in Locale.parse(locale).territories.items()}


def _row(code: str, tables: list[list[dict[str, str]]]) -> str:
    name = tables[0][0][code]
    cells = []
    for column, table in enumerate(tables):
        forms = [form for territories in table for form in _forms(territories.get(code, ""))]
        cells.append("" if (code, column) in DROPPED else "/".join(dict.fromkeys(forms)))
    return "|".join([REGIONS.get(code) or IDS.get(code) or _slug(name), "place", name, "", *cells])


def _forms(name: str) -> list[str]:
    """The name, without what stands in brackets or after a comma, and without a leading article."""
    short = re.sub(r"\s*[(（].*?[)）]", "", name).partition(",")[0].strip()
    short = re.sub(r"^(?:the|la|le|les)\s+", "", short, flags=re.IGNORECASE)
    return [short] if len(short) > 2 else []


def _slug(name: str) -> str:
    return re.sub(r"[^a-z]+", "_", fold_text(name.partition("(")[0].replace("St.", "Saint"))).strip("_")


if __name__ == "__main__":
    Path(__file__).with_name("countries.psv").write_text("\n".join(rows()) + "\n", "utf-8")
