"""How a person is reached. Sources: National Numbering Plan of India, RFC 5322, RFC 3986."""

from .fold import folded_words
from .pattern import Found, matcher, pattern

_LABEL = folded_words(
    r"ph|phone|telephone|tel|mob|mobile|cell|contact|whats\s?app|call(?:ed)?|helpline|extension|extn?|landline|fax"
    r"|intercom|pager|फ़ोन|फोन|मोबाइल|मोबाईल|मो|संपर्क|सम्पर्क|व्हाट्सएप|फ़ैक्स"
)
_BETWEEN = folded_words(
    r"(?:\s*(?:no|num|number|nos|नंबर|नम्बर|नं|is|on|at|him|her|me|us|hai|है|पर|par|ka|का|kar|karo|करें))*"
)
_CLOCK = matcher(r"^\d{1,2}[.:]\d{2}$")
_COUNTED = matcher(r"^\s*(?:ml|mg|mmhg|mcg|times|%|°|/min|bpm|hours?|min)")
_DIGIT_WORD = folded_words(
    "zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple|shunya|ek|do|teen|char|chaar|paanch|panch"
    "|chhe|che|saat|sat|aath|nau|शून्य|एक|दो|तीन|चार|पाँच|पांच|छह|छः|सात|आठ|नौ|डबल"
)


def _rings(found: Found) -> bool:
    """ "Call at 10.30" and "called 2 times" are no numbers to ring."""
    return not _CLOCK(found.id) and not _COUNTED(found.after)


_MAIL = r"[\p{L}\d][\p{L}\d._%+-]*\s?@\s?[\p{L}\d-]+(?:\s?\.\s?[\p{L}][\p{L}\d-]+)+"
_PAYMENT = r"[\p{L}\d][\p{L}\d._-]*@[a-z]{2,}(?![\p{L}\d.])"
_SPELT = (
    r"[\p{L}\d][\p{L}\d._-]*\s*(?:[\[({]\s*at\s*[\])}]|\s+at(?:\s+the\s+rate)?\s+)\s*[\p{L}\d-]+"
    r"(?:\s*(?:[\[({]\s*dot\s*[\])}]|\s+dot\s+|\.)\s*(?:com|in|org|net|co|edu|gov|nic|ac))+(?!\p{L})"
)
_URL = r"(?:\b[a-z][a-z+.-]{1,9}://|\bwww\.)[^\s<>\"'()|।]+"
_DOMAIN = (
    r"(?<![@\p{L}\d.-])(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+(?:com|org|net|info|edu|io|app|health|care|hospital|dev|me"
    r"|ly|(?:co|gov|nic|org|ac|edu|net|res)\.in|in(?=/|\s*$)|local|lan|internal)(?::\d+)?(?:/[^\s<>\"'()|।]*)?"
    r"(?![\p{L}\d])"
)
_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_IP4 = rf"(?<![\d.])(?:{_OCTET}\.){{3}}{_OCTET}(?::\d{{2,5}}|/\d{{1,2}})?(?!\.?\d)"
_IP6 = (
    r"(?<![\p{L}\d:])(?:(?:[\da-f]{1,4}:){7}[\da-f]{1,4}|(?:[\da-f]{1,4}:){1,6}(?::[\da-f]{1,4}){1,6}"
    r"|(?:[\da-f]{1,4}:){2,7}:|::(?:[\da-f]{1,4}:){1,5}[\da-f]{1,4})(?![\p{L}\d:])"
)
_PHONES = "|".join(
    f"(?:{source})"
    for source in (
        r"(?<![\d.,]|\d[-/])(?:\(?\+?\s?91\)?[\s.-]*|0091[\s-]*|0)?[6-9](?:[\s.-]?\d){9}(?![\d]|[.,]\d|-\d)",
        r"(?<![\d.,/-])(?:\+?91[\s-]*)?(?:\(0\d{2,4}\)|0\d{2,4})[\s-]*\d{3,4}[\s-]?\d{3,4}(?![\d/]|[.,]\d)",
        r"(?<![\d.])1[89]00[\s-]?\d{2,3}[\s-]?\d{3,4}(?!\d)",
        r"\+\d(?:[\s().-]{0,2}\d){7,14}(?!\d)",
        rf"(?<![\p{{L}}\p{{M}}])(?:{_DIGIT_WORD})(?:[\s,-]+(?:{_DIGIT_WORD})){{6,}}(?![\p{{L}}\p{{M}}])",
    )
)
_LABELLED = (
    rf"(?<!\p{{L}})(?:{_LABEL})(?!\p{{L}}){_BETWEEN}\.?[\s:.#=()+-]*(?<id>\+?\d(?:[\s().-]{{0,2}}\d){{3,14}})(?!\d)"
)

CONTACT = (
    *(pattern("email", source) for source in (_MAIL, _PAYMENT, _SPELT)),
    *(pattern("url", source) for source in (_URL, _DOMAIN)),
    *(pattern("ip", source) for source in (_IP4, _IP6)),
    pattern("phone", _PHONES),
    pattern("phone", _LABELLED, _rings),
)
