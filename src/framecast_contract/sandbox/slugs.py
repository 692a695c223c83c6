"""Slugs out of names: what a team is called, as a part of a URL (accounts-and-teams 5)."""

import re
import unicodedata

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_SLUG = 50
SUFFIX_BYTES = 4

_WORD = re.compile(r"[a-z0-9]+")
_SPELLINGS = """
    æ ae œ oe ø o đ d ð d þ th ł l ħ h ı i ŋ n
    а a б b в v г g д d е e ж zh з z и i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ sch
    ъ - ы y ь - э e ю yu я ya є ye і i ґ g
    α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s τ t υ y φ f χ ch ψ ps ω o
"""
_SPELLED = {ord(letter): spelling.strip("-") for letter, spelling in re.findall(r"(\S) (\S+)", _SPELLINGS)}
"""Folded letters that do not decompose into an ASCII letter and a mark; `-` stands for no sound."""


def slug_base(name: str) -> str:
    """The name in lower-case ASCII, short enough for `-` and eight hex digits; "" when nothing is left."""
    words = "-".join(_WORD.findall(to_ascii(name)))
    return words[: MAX_SLUG - 1 - 2 * SUFFIX_BYTES].strip("-")


def to_ascii(name: str) -> str:
    """`name` in lower case, each letter and digit in ASCII as far as it has a spelling there."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    plain = "".join(character for character in folded if not unicodedata.category(character).startswith("M"))
    return "".join(map(_digit, plain.translate(_SPELLED)))


def _digit(character: str) -> str:
    """The ASCII digit for a digit of any script; other characters as they are."""
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)
