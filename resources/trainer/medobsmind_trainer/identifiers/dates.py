"""Full dates, day with month, month with year, ages of 90 and over. Source: HIPAA Safe Harbor (45 CFR 164.514)."""

import regex

from .fold import folded_words
from .pattern import Found, matcher, pattern

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH_NUMBER = r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:19|20)\d{2}"
_CLOCK = (
    r"(?:(?:T|,?\s+(?:at\s+)?)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?"
    r"(?:\s?(?:Z|[+-]\d{2}:?\d{2}|[ap]\.?m\.?|hrs))?)?"
)
_NOT_BEFORE, _NOT_AFTER = r"(?<![\d.,/-])", r"(?![\d/]|[.-]\d)"
_NUMERIC = (
    rf"{_NOT_BEFORE}{_DAY}\s?([/.-])\s?{_MONTH_NUMBER}\s?\1\s?(?:{_YEAR}|\d{{2}}){_CLOCK}{_NOT_AFTER}",
    rf"{_NOT_BEFORE}{_MONTH_NUMBER}([/-]){_DAY}\1(?:{_YEAR}|\d{{2}}){_CLOCK}{_NOT_AFTER}",
    rf"{_NOT_BEFORE}{_YEAR}([/.-]){_MONTH_NUMBER}\1{_DAY}{_CLOCK}{_NOT_AFTER}",
    rf"{_NOT_BEFORE}(?:{_YEAR}-(?:0[1-9]|1[0-2])|{_MONTH_NUMBER}\s?[/-]\s?{_YEAR}){_NOT_AFTER}",
    rf"{_NOT_BEFORE}{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:T?[0-2]\d[0-5]\d(?:[0-5]\d)?)?{_NOT_AFTER}",
)
_MONTH = folded_words(
    "january|february|april|june|july|august|september|october|november|december|janvari|janwari|farvari|farwari"
    "|aprail|joon|julai|agast|sitambar|sitamber|aktubar|aktoobar|navambar|disambar|disamber|जनवरी|फ़रवरी|फरवरी|मार्च"
    "|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर|सितम्बर|अक्टूबर|अक्तूबर|नवंबर|नवम्बर|दिसंबर|दिसम्बर"
)
_SHORT = "jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|march"
_ANY_MONTH = f"(?:{_MONTH}|{_SHORT})"
_ORDINAL = "(?:st|nd|rd|th)?"
_WORD_END = r"(?![\p{L}\p{M}])"
_YEAR_AFTER = rf"(?:{_YEAR}|'\s?\d{{2}})"
_NAMED = (
    rf"(?<![\d.,/\p{{L}}]){_DAY}{_ORDINAL}\s?(?:of\s|[-./,]\s?)?{_ANY_MONTH}{_WORD_END}"
    rf"(?:\.?,?\s?[-/]?\s?(?:{_YEAR_AFTER}|(?<=[-/])\d{{2}}))?{_CLOCK}(?!\d)",
    rf"(?<![\p{{L}}\p{{M}}]){_ANY_MONTH}\.?[\s-]{_DAY}{_ORDINAL}{_WORD_END}(?:,?\s?{_YEAR})?{_CLOCK}(?![\d/:%]|[.-]\d)",
    rf"(?<![\p{{L}}\p{{M}}]){_ANY_MONTH}{_WORD_END}\.?(?:,?\s?(?:of\s)?[-/]?\s?{_YEAR_AFTER}|[-/]\d{{2}})(?!\d)",
    rf"(?<!\d){_YEAR}\s?[-/,]?\s?(?:के\s|ke\s|में\s)?{_ANY_MONTH}{_WORD_END}(?:[\s-]{_DAY}(?!\d))?",
)
_FESTIVAL = folded_words(
    r"(?<!\p{L})(?:diwali|deepavali|holi|dussehra|eid|christmas|onam|pongal|navratri|durga puja|ganesh chaturthi"
    r"|raksha bandhan|independence day|republic day|new year'?s?(?: eve| day)?|दिवाली|दीवाली|होली|ईद|दशहरा)"
    r"\s+(?:of\s+)?(?:19|20)\d{2}(?!\d)"
)
# Day and month alone look like a pressure or a score; something must say that it is a day.
_LABELLED_DAY = folded_words(
    r"(?<!\p{L})(?:on|dated?|dt|since|from|till?|until|d\.?o\.?[abde]|doa|admitted|admission|discharged?|born|birth"
    r"|visit|follow-?up|review|surgery|operated|तारीख|तारीख़|दिनांक|tarikh|tareekh|ko bharti)[\s:.-]+"
    r"(?<id>(?:0?[1-9]|[12]\d|3[01])[/.-](?:0?[1-9]|1[0-2]))(?![\d/.%-]|\s?(?:mm|mg|ml|kg|l\b|of|score|on))"
)
_scored = matcher(
    r"(?:pain|score|gcs|vas|nrs|rass|power|bp|pressure|apgar|sats?|temp|i:?e|ratio|fio2|level|news2?|rate)\D{0,14}$"
)
_unit_after = matcher(r"^\s?(?:ml|mg|mcg|mmhg|mm\b|%|°|units?|/min|bpm|kg|l\b|times|hours?|hrs?\b)")
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*(?<!st|nd|rd|th|of|at)", regex.IGNORECASE)
_is_any_month = matcher(f"^{_ANY_MONTH}$")
_is_short = matcher(f"^(?:{_SHORT})$")
_surely_dated = matcher(r"(?:19|20)\d{2}|'\d{2}|\d[-/.]\p{L}+[-/.]\d|\d(?:st|nd|rd|th)\b")


def _free(found: Found) -> bool:
    return not _unit_after(found.after)


def _named(found: Found) -> bool:
    """ "May 5 be…", "march 3": a short month only where it is written as one."""
    month = next((word for word in _WORD.findall(found.whole) if _is_any_month(word)), None)
    if month is None or not _is_short(month):
        return _free(found)
    return _free(found) and (_surely_dated(found.whole) or month[0].isupper())


_OLD = r"(?:9\d|1[01]\d|12[0-2])"
_YEARS = folded_words(r"(?:years?|yrs?|yr|y/?o|year'?s|y(?=s+old)|वर्ष(?:ीय)?|साल|बरस|saal|sal|baras|varsh|yo)")
_AGES = tuple(
    folded_words(source)
    for source in (
        rf"(?<![\d.,/]){_OLD}\+?[\s-]*{_YEARS}(?![\p{{L}}\p{{M}}])"
        r"(?:[\s-]*(?:old|of\s+age|की\s+उम्र|ki\s+(?:umar|umra|age)|का|की|के|ka|ki|ke)(?![\p{L}\p{M}]))?",
        r"(?<!\p{L})(?:aged?|age\s+is|उम्र|आयु|umar|umra|ayu|turned|turning)(?![\p{L}\p{M}])"
        r"(?:\s*(?:of|is|[:=/-]|sex|in|years?|yrs?|about|around|approx\.?|लगभग|है|hai|ki|की))*\s*"
        rf"(?<id>{_OLD}\+?)(?![\d%]|[./:]\d|\s?(?:%|mm|months?|days?|hours?|min))",
        rf"(?<![\d.,/]){_OLD}\s?[/-]?\s?(?:M|F|male|female|man|woman|lady|gentleman|पुरुष|महिला|स्त्री)(?![\p{{L}}\p{{M}}\d])",
        r"(?<![\p{L}\p{M}])(?:(?:ninety|nabbe|नब्बे)(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?"
        r"|(?:a|one)?\s?hundred(?:\s(?:and\s)?(?:one|two|three|four|five|six|seven|eight|nine))?)"
        rf"[\s-]*{_YEARS}(?![\p{{L}}\p{{M}}])(?:[\s-]*old)?",
        r"(?<![\p{L}\p{M}])(?:nonagenarian|centenarian|(?:early|mid|late)[\s-](?:nineties|90s)"
        r"|in (?:his|her|their) (?:nineties|90s))(?![\p{L}\p{M}])",
        r"(?<![\p{L}\p{M}])(?:बयानवे|तिरानवे|चौरानवे|पचानवे|पंचानवे|छियानवे|सत्तानवे|अट्ठानवे|अठानवे|निन्यानवे|इक्यानवे|सौ|नब्बे"
        r"|ikyanve|bayanve|tiranve|chauranve|pachanve|chhiyanve|sattanve|atthanve|ninyanve)"
        rf"\s+(?:{_YEARS})(?![\p{{L}}\p{{M}}])",
    )
)
_ago = matcher(folded_words(r"^\s*(?:ago|back|pack|of\s+(?:data|experience|follow)|survival|pehle|पहले)"))

DATES = (
    *(pattern("date", source, _free) for source in _NUMERIC),
    *(pattern("date", source, _named) for source in _NAMED),
    pattern("date", _FESTIVAL),
    pattern("date", _LABELLED_DAY, lambda found: not _scored(found.before)),
    *(pattern("age-over-89", source, lambda found: not _ago(found.after)) for source in _AGES),
)
