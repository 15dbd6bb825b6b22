"""Real data for the lessons, from ordinary packages: nothing is downloaded. Called by the lessons' "Real data" parts.

Dates: how CLDR, the Unicode consortium's table of the world's conventions, writes a day in several languages (Babel).
Digits: 1,797 handwritten digits of 8 x 8 pixels (scikit-learn).
Both packages are imported when first needed, so that `import coach` stays quick.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

# CLDR locale -> what it is called here. Chosen for their differences: British and American English differ in the order
# of day and month, Hungarian begins with the year, Turkish ends with the weekday.
LANGUAGES = {
    "en_GB": "English (UK)",
    "en": "English (US)",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "hu": "Hungarian",
    "tr": "Turkish",
    "fi": "Finnish",
}
FORMATS = ("full", "long")  # with and without the weekday; CLDR's shorter formats are partly ambiguous
FIRST_DAY, LAST_DAY = datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)
PADDING = 0  # the token behind the end of a text
UNKNOWN = 1  # the token of a letter that the alphabet has not seen


@dataclass(frozen=True)
class DatePair:
    """One day, as people write it and as ISO 8601 does: ("Friday, 20 November 2026", "2026-11-20", "en_GB")."""

    text: str
    iso: str
    language: str

    @property
    def digits(self) -> str:
        return self.iso.replace("-", "")


def date_pair(day: datetime.date, language: str, style: str = "full") -> DatePair:
    """`day` written in one language. Raises ValueError for a language or style that CLDR does not know."""
    from babel.core import UnknownLocaleError
    from babel.dates import format_date

    if style not in FORMATS:
        raise ValueError(f"style must be one of {', '.join(FORMATS)}, not {style!r}")
    try:
        return DatePair(format_date(day, style, locale=language), day.isoformat(), language)
    except UnknownLocaleError:
        raise ValueError(f"CLDR knows no language {language!r}") from None


def date_pairs(
    count: int, *, seed: int, languages: Iterable[str] = LANGUAGES, without: Iterable[DatePair] = ()
) -> list[DatePair]:
    """`count` random days from 1900 to 2099, each in a random language and format.

    The same seed gives the same list on every machine. Days that occur in `without` are left out:
    so a test set holds no day of the training set, in whatever language.
    """
    chance = random.Random(seed)
    names = list(languages)
    taken = {pair.iso for pair in without}
    span = (LAST_DAY - FIRST_DAY).days + 1
    pairs: list[DatePair] = []
    while len(pairs) < count:
        day = FIRST_DAY + datetime.timedelta(days=chance.randrange(span))
        language, style = chance.choice(names), chance.choice(FORMATS)
        if day.isoformat() not in taken:
            pairs.append(date_pair(day, language, style))
    return pairs


class Alphabet:
    """Numbers the characters of some texts: 0 is padding, 1 an unknown character, then the characters in order."""

    def __init__(self, texts: Iterable[str]):
        self.characters = sorted(set("".join(texts)))
        self._number = {character: number for number, character in enumerate(self.characters, UNKNOWN + 1)}

    def __len__(self) -> int:
        return len(self.characters) + UNKNOWN + 1

    def encode(self, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
        """Texts -> tokens (batch, length of the longest), padded with 0, and lengths (batch,); both int64."""
        lengths = torch.tensor([len(text) for text in texts])
        tokens = torch.full((len(texts), int(lengths.max())), PADDING)
        for row, text in zip(tokens, texts, strict=True):
            row[: len(text)] = torch.tensor([self._number.get(character, UNKNOWN) for character in text])
        return tokens, lengths


def date_digits(pairs: Sequence[DatePair]) -> Tensor:
    """The eight digits of each ISO date, without the hyphens: (batch, 8), int64."""
    return torch.tensor([[int(digit) for digit in pair.digits] for pair in pairs])


def digit_images() -> tuple[Tensor, Tensor]:
    """Handwritten digits: images (1797, 64), float64 between 0 and 1, row by row of 8 x 8; labels (1797,), 0 to 9.

    Source: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI repository (1998).
    """
    from sklearn.datasets import load_digits

    images, labels = load_digits(return_X_y=True)
    return torch.from_numpy(images / 16.0), torch.from_numpy(labels).long()
