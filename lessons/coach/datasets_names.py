"""Names of countries and regions in eight languages, from CLDR (Babel): nothing is downloaded. Lesson 4's.

Babel is imported when first needed, so that `import coach` stays quick.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

# CLDR locale -> its name in English. All are written in Latin letters; relatives (Spanish, Italian, French) and
# strangers (Finnish, Hungarian, Turkish) side by side.
LANGUAGES = {
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "pl": "Polish",
    "fi": "Finnish",
    "hu": "Hungarian",
    "tr": "Turkish",
}
COUNTRY_CODE = 2  # letters: longer codes are numbers of whole continents
TEST_SHARE = 0.25


@dataclass(frozen=True)
class PlaceName:
    """What one language calls a territory: ("saksa", "DE", 5), the language as its place in LANGUAGES."""

    text: str
    territory: str
    language: int


def place_names(*, seed: int) -> tuple[list[PlaceName], list[PlaceName]]:
    """(names to learn from, names to test on), in small letters; a territory is in one list only, in all languages.

    Names that two of the languages share are left out: "andorra" has no right answer.
    The same seed gives the same lists on every machine.
    """
    tables = [_territories(code) for code in LANGUAGES]
    codes = sorted(set.intersection(*(set(table) for table in tables)))
    random.Random(seed).shuffle(codes)
    cut = round(len(codes) * TEST_SHARE)
    return list(_unshared(codes[cut:], tables)), list(_unshared(codes[:cut], tables))


def _territories(code: str) -> dict[str, str]:
    from babel import Locale

    names = Locale(code).territories
    return {territory: name.lower() for territory, name in names.items() if len(territory) == COUNTRY_CODE}


def _unshared(codes: list[str], tables: list[dict[str, str]]) -> Iterator[PlaceName]:
    known = [set(table.values()) for table in tables]
    for code in codes:
        for language, table in enumerate(tables):
            if sum(table[code] in names for names in known) == 1:
                yield PlaceName(table[code], code, language)
