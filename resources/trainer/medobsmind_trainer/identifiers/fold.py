"""The text as the patterns read it: Latin digits, one kind of dash, space and quote, nothing invisible."""

import unicodedata

import regex

_INVISIBLE = regex.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_QUOTES = regex.compile("[\u2018\u2019\u201a\u201b\u0060\u00b4\u02bc]")
_DASHES = regex.compile("[\u2010-\u2015\u2212]")
_SPACES = regex.compile(r"[^\S\n]|\p{Zs}")


def _latin(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def fold(text: str) -> str:
    """Case stays: capitals tell a code from a word."""
    text = _INVISIBLE.sub("", text)
    text = _DASHES.sub("-", _QUOTES.sub("'", _SPACES.sub(" ", text)))
    return "".join(map(_latin, unicodedata.normalize("NFKC", text)))


def folded_words(words: str) -> str:
    """Words of a pattern as they stand in a folded text: Devanagari letters with their dot apart."""
    return unicodedata.normalize("NFKC", words)
