"""Numbers of hospitals and makers: records, devices, plates. Sources: Safe Harbor, Motor Vehicles Rules, GS1."""

from .fold import folded_words
from .pattern import Found, matcher, pattern

_TO_ID = folded_words(
    r"(?:\s*(?:no|num|number|nos|id|code|is|was|as|नंबर|नम्बर|नं|संख्या|सं|क्रमांक|आईडी|है|hai|ka|का))*\.?[\s:.#=()-]*"
)
_CODE = (
    r"(?<id>(?=[\p{L}/._-]{0,10}\d)[\p{L}\d]+(?:[/._-]+[\p{L}\d]+)*"
    r"(?:\s(?=[\p{L}]{0,3}\d{3})[\p{L}\d]+(?:[/-][\p{L}\d]+)*)*)"
)
_LABELS = folded_words(
    r"mrn?\s?d?|m\.?r\.?\s?(?:no|d|number)|u\.?h\.?i\.?d|umr|c\.?r\.?\s?no"
    r"|(?:i\.?p|o\.?p)\.?d?\.?(?=[\s.:#-]*(?:no|num|id|\d))|ipd|opd|ipid|opid|reg(?:d|n|istration)?"
    r"|(?:hospital|hosp|file|case|admission|adm|record|chart|folder|patient|pt|visit|encounter|episode|bill|invoice"
    r"|receipt|token|sample|specimen|lab|accession|barcode|order|request|account|acct|a/c|discharge|mlc|fir|unit"
    r"|wristband|band|x-?ray|ct|mri|usg|biopsy|histopath|blood\s+bag|bag|study|report|ref(?:erence)?)"
    r"\s*(?:no|num|number|id|#)|(?:patient|pt)\s?id|medical\s+record"
    r"|एमआरएन|यूएचआईडी|यूएचआइडी|आईपीडी|ओपीडी|पंजीकरण|रजिस्ट्रेशन|रिकॉर्ड|फ़ाइल|फाइल|भर्ती\s+(?:संख्या|नंबर|सं)|केस|पर्ची|एडमिशन"
    r"|मरीज़\s+(?:आईडी|संख्या)|मरीज\s+(?:आईडी|संख्या)|सैंपल|बिल|parchi|bharti\s+number"
)
_RUN_TOGETHER = (
    r"(?<![\p{L}\d])(?:MRN|MRD|UHID|UMR|IPD?|OPD?|CR|MR|REG|PID|ADM|HOSP|VIS|ENC|ACC|LAB|SMP)[-/_#]?\d[\p{L}\d]*"
    r"(?:[-/_]\d+)*(?![\p{L}\d])"
)
_SHAPES = (
    r"(?<![\p{L}\d.])[A-Z]{1,6}[-/_]?\d{5,}(?:[-/]\d+)*(?![\p{L}\d])",
    r"(?<![\p{L}\d.])[A-Z]{1,8}(?:[-/_][A-Z]{1,6})*[-/_]\d{2,4}[-/_][A-Z]{0,4}\d{2,}(?:[-/_][A-Z]{0,4}\d+)*(?![\p{L}\d])",
    r"(?<![\p{L}\d./-])(?:19|20)\d{2}[/_-]\d{4,}(?![\p{L}\d])",
    r"(?<![\p{L}\d./-])\d{4,}[/_]\d{2,4}(?:[/_]\d+)*(?![\p{L}\d/])",
    r"(?<![\p{L}\d.,/-])\d{2,3}-\d{2,3}-\d{2,4}-\d{2,}(?![\p{L}\d-])",
    r"(?<![\p{L}\d.])(?=[A-Z\d-]*\d[A-Z\d-]*\d[A-Z\d-]*\d[A-Z\d-]*\d)(?=[\d-]*[A-Z])"
    r"(?:\d{2,}[A-Z]{1,4}\d{2,}|[A-Z]{1,4}\d{2,}[A-Z]{1,4}\d{2,}|\d{4,}[A-Z]{1,4})(?![\p{L}\d])",
    # Nothing on a ward is measured in nine digits.
    r"(?<![\d.,])\d{9,}(?![\d]|[.,]\d)",
)
_no_record = matcher(
    r"^(?:TLC|WBC|PLT|PLTS|PLATELETS?|ANC|ALC|CK|CPK|CKMB|BNP|NTPROBNP|LDH|TROP|FERRITIN|CRP|PCT|HR|BP|RR|SPO2?|COVID"
    r"|ICD|LOINC|SNOMED|CPT|VOL|UO|IO|ISO|IEC|IS|IU|MX|NCT|CTRI|DOI|PMID|ISBN|RFC|CG|NG|QS)[-/_]?\d"
)
_unit_after = matcher(
    r"^\s*(?:ml|mg|mcg|mmhg|iu|units?|cells?|copies|kg|g\b|l\b|hz|rpm|bpm|/(?:ul|µl|mm|cumm|dl|l|min)|per\b|%|°|mm)"
)
_numbered = matcher(r"\d{3}|[\p{L}/-]\d{2}|^\D*\d+$")
_measured = matcher(r"^(?:spo2|news2?|day|co2)")
_three_digits = matcher(r"\d{3}")
_two_digits = matcher(r"\d{2}")
_ends_in_number = matcher(r"\d{3,4}$|BH")


def _labelled(found: Found) -> bool:
    return _numbered(found.id) and not _unit_after(found.after) and not _measured(found.id)


def _shaped(found: Found) -> bool:
    return not _no_record(found.whole) and not _unit_after(found.after)


def _plate(found: Found) -> bool:
    """Without capitals it must be in one piece, or any "up 12 mg 5" would be a car."""
    return (found.whole == found.whole.upper() or " " not in found.whole) and _ends_in_number(found.whole)


_DEVICE = folded_words(
    r"(?<![\p{L}\p{M}])(?:s\s?/\s?n|sr?\.?\s?no|ser(?:ial)?|imei|udi|asset|device(?:\s+(?:id|no|number|serial|tag))"
    r"|equipment\s+(?:no|id|tag)|lot|batch|(?:monitor|ventilator|pump|pacemaker|implant|stent|glucometer|machine"
    r"|infusion\s+pump|defibrillator|probe|icd|valve)\s+(?:serial|s/n|sn|no|number|id|asset)|sn(?=\s*[:#.-])"
    r"|सीरियल|क्रम\s+संख्या|मशीन\s+नंबर)(?![\p{L}\p{M}])"
    r"(?:\s*(?:serial|no|num|number|id|tag|is|नंबर|नम्बर|संख्या|है))*\.?[\s:.#=()-]*" + _CODE
)
_STATES = (
    "AN|AP|AR|AS|BR|CG|CH|DD|DL|DN|GA|GJ|HP|HR|JH|JK|KA|KL|LA|LD|MH|ML|MN|MP|MZ|NL|OD|OR|PB|PY|RJ|SK|TN|TG|TR|TS|UA"
    "|UK|UP|WB"
)

RECORDS = (
    pattern("device", _DEVICE, lambda found: _two_digits(found.id)),
    pattern("device", r"(?<![\p{L}\d:-])[\da-f]{2}(?:([:-])[\da-f]{2})(?:\1[\da-f]{2}){4}(?![\p{L}\d:-])"),
    pattern(
        "vehicle",
        rf"(?<![\p{{L}}\d])(?:{_STATES})[\s.-]*\d{{1,2}}[\s.-]*[A-Z]{{1,3}}[\s.-]*\d{{1,4}}(?![\p{{L}}\d])",
        _plate,
    ),
    pattern("vehicle", r"(?<![\p{L}\d])\d{2}[\s-]?BH[\s-]?\d{4}[\s-]?[A-Z]{1,2}(?![\p{L}\d])", _plate),
    pattern(
        "vehicle",
        folded_words(
            r"(?<!\p{L})(?:vehicle|car|bike|scooter|auto|ambulance|truck|registration|गाड़ी|वाहन|एम्बुलेंस|gaadi|gadi)"
            r"\s*(?:no|number|नंबर|नं)?\.?[\s:.#-]*(?<id>[A-Z]{2}[\s.-]*\d{1,2}[\s.-]*[A-Z]{0,3}[\s.-]*\d{3,4})(?![\p{L}\d])"
        ),
    ),
    pattern("mrn", rf"(?<![\p{{L}}\p{{M}}])(?:{_LABELS})(?![\p{{L}}\p{{M}}]){_TO_ID}{_CODE}", _labelled),
    pattern("mrn", _RUN_TOGETHER, lambda found: _three_digits(found.whole)),
    *(pattern("mrn", source, _shaped, cased=True) for source in _SHAPES),
)
