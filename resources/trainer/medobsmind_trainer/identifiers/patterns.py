"""Written from `app/learning/deidentification` by its tests: what identifies by its shape, and whether case counts."""

# ruff: noqa: E501
# fmt: off

Expressions = dict[str, list[tuple[str, bool]]]

CONTACT: Expressions = {
    "MOBILE": [
        ("(?<![\\d.,]|\\d[-/])(?:\\(?\\+?\\s?91\\)?[\\s./-]*\\(?|0091[\\s-]*|\\(?0[\\s-]?)?[6-9](?:\\d{4}\\/\\d{5}|\\d{4}\\)[\\s-]*\\d{5}|(?:[\\s.-]{0,2}\\d){9})(?![\\d]|[.,]\\d|-\\d)", True),
    ],
    "IN_PAIRS": [
        ("^(?:\\d\\d ){4}\\d\\d$|^(?:\\d ){9}\\d$", True),
    ],
    "SPEAKS_OF_PHONE": [
        ("(?<!\\p{L})(?:ph|phone|telephone|tel|mob|mobile|cell|contact|whats\\s?app|call(?:ed)?|helpline|extension|extn?|landline|fax|intercom|pager|फ़ोन|फोन|मोबाइल|मोबाईल|मो|संपर्क|सम्पर्क|व्हाट्सएप|फ़ैक्स)(?!\\p{L})", False),
    ],
    "SPEAKS_OF_NUMBER": [
        ("^(?:\\d ){9}\\d[\\s\\S]*(?<!\\p{L})(?:number|nambar|no|नंबर|नम्बर)(?!\\p{L})", False),
    ],
    "LANDLINE": [
        ("(?<![\\d.,/-])(?:\\+?91[\\s-]*)?(?:\\(0\\d{2,4}\\)|0\\d{2,4})[\\s./-]*\\d{3,4}[\\s-]?\\d{3,4}(?![\\d/]|[.,]\\d)", True),
    ],
    "TOLL_FREE": [
        ("(?<![\\d.])1[89]00[\\s-]?\\d{2,3}[\\s-]?\\d{3,4}(?!\\d)", True),
    ],
    "ABROAD": [
        ("\\+\\d(?:[\\s().-]{0,2}\\d){7,14}(?!\\d)", True),
    ],
    "SPOKEN": [
        ("(?<![\\p{L}\\p{M}])(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple|shunya|ek|do|teen|char|chaar|paanch|panch|chhe|che|saat|sat|aath|nau|शून्य|एक|दो|तीन|चार|पाँच|पांच|छह|छः|सात|आठ|नौ|डबल)(?:[\\s,-]+(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple|shunya|ek|do|teen|char|chaar|paanch|panch|chhe|che|saat|sat|aath|nau|शून्य|एक|दो|तीन|चार|पाँच|पांच|छह|छः|सात|आठ|नौ|डबल)){6,}(?![\\p{L}\\p{M}])", False),
    ],
    "LABELLED": [
        ("(?<!\\p{L})(?:ph|phone|telephone|tel|mob|mobile|cell|contact|whats\\s?app|call(?:ed)?|helpline|extension|extn?|landline|fax|intercom|pager|फ़ोन|फोन|मोबाइल|मोबाईल|मो|संपर्क|सम्पर्क|व्हाट्सएप|फ़ैक्स)(?!\\p{L})(?:\\s*(?:no|num|number|nos|नंबर|नम्बर|नं|is|on|at|him|her|me|us|hai|है|पर|par|ka|का|kar|karo|करें))*\\.?[\\s:.#=()+-]*(?<id>\\+?\\d(?:[\\s().-]{0,2}\\d){3,14})(?!\\d)", False),
    ],
    "NO_PHONE": [
        ("^\\d{1,2}[.:]\\d{2}$", True),
    ],
    "COUNT_AFTER": [
        ("^\\s*(?:ml|mg|mmhg|mcg|times|%|°|\\/min|bpm|hours?|min)", False),
    ],
    "MAIL": [
        ("[\\p{L}\\d][\\p{L}\\d._%+-]*\\s?@\\s?[\\p{L}\\d-]+(?:\\s?\\.\\s?[\\p{L}][\\p{L}\\d-]+)+", True),
    ],
    "PAYMENT": [
        ("[\\p{L}\\d][\\p{L}\\d._-]*@[a-z]{2,}(?![\\p{L}\\d.])", False),
    ],
    "SPELT": [
        ("[\\p{L}\\d][\\p{L}\\d._-]*\\s*(?:[[({]\\s*at\\s*[\\])}]|\\s+at(?:\\s+the\\s+rate)?\\s+)\\s*[\\p{L}\\d-]+(?:\\s*(?:[[({]\\s*dot\\s*[\\])}]|\\s+dot\\s+|\\.)\\s*(?:com|in|org|net|co|edu|gov|nic|ac))+(?!\\p{L})", False),
    ],
    "URL": [
        ("(?:\\b[a-z][a-z+.-]{1,9}:\\/\\/|\\bwww\\.)[^\\s<>\"'()|।]+", False),
    ],
    "DOMAIN": [
        ("(?<![@\\p{L}\\d.-])(?:[a-z\\d](?:[a-z\\d-]*[a-z\\d])?\\.)+(?:com|org|net|info|edu|io|app|health|care|hospital|dev|me|ly|(?:co|gov|nic|org|ac|edu|net|res)\\.in|in(?=\\/|\\s*$)|local|lan|internal)(?::\\d+)?(?:\\/[^\\s<>\"'()|।]*)?(?![\\p{L}\\d])", False),
    ],
    "TRAILING": [
        ("[.,;:!?)\\]]+$", True),
    ],
    "IP4": [
        ("(?<![\\d.])(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?::\\d{2,5}|\\/\\d{1,2})?(?!\\.?\\d)", True),
    ],
    "IP6": [
        ("(?<![\\p{L}\\d:])(?:(?:[\\da-f]{1,4}:){7}[\\da-f]{1,4}|(?:[\\da-f]{1,4}:){1,6}(?::[\\da-f]{1,4}){1,6}|(?:[\\da-f]{1,4}:){2,7}:|::(?:[\\da-f]{1,4}:){1,5}[\\da-f]{1,4})(?![\\p{L}\\d:])", False),
    ],
}

NATIONAL: Expressions = {
    "SPOKEN_OF": [
        ("(?<!\\p{L})(?:a+dh?a+r|aadh?ar|adhaa?r|aadha+r|uidai|uid)(?!\\p{L})|आधार(?!\\p{M})", False),
    ],
    "ABOUT_ITS_LENGTH": [
        ("(?<![\\p{L}\\d.,/-])(?:\\d{4}[\\s./-]{1,3}\\d{3,4}[\\s./-]{1,3}\\d{2,5}|\\d{10,14})(?![\\d/]|[.,]\\d|-\\d)", True),
    ],
    "LABELLED_AADHAAR": [
        ("(?<![\\p{L}])(?:a+dh?a+r|aadh?ar|adhaa?r|aadha+r|uidai|uid|आधार)(?:\\s*(?:card|number|num|no|id|address|कार्ड|नंबर|नम्बर|संख्या|सं|पता|hai|है|is|was|as|ka|का|नं|last|ending|in|digits))*\\.?[\\s:.#=()-]*(?<id>[\\dXx*](?:[\\s./-]{0,3}[\\dXx*]){3,19})(?![\\p{L}\\d])", False),
    ],
    "GROUPED_AADHAAR": [
        ("(?<![\\d.,/-])(?:[2-9]\\d{3}([\\s-]?)\\d{4}\\1\\d{4})(?![\\d/]|[.,]\\d|-\\d)", True),
    ],
    "MASKED": [
        ("(?<![\\p{L}\\d])(?:[Xx*]{4}[\\s-]?){1,2}\\d{4}(?!\\d)", True),
    ],
    "LABELLED_ABHA": [
        ("(?<![\\p{L}])(?:abha|abdm|health\\s?id|phr|ndhm|आभा|आयुष्मान\\s+भारत\\s+हेल्थ|हेल्थ\\s+आईडी)(?:\\s*(?:card|number|num|no|id|address|कार्ड|नंबर|नम्बर|संख्या|सं|पता|hai|है|is|was|as|ka|का|नं|last|ending|in|digits))*\\.?[\\s:.#=()-]*(?<id>\\d(?:[\\s./-]{0,3}\\d){7,17}|[\\p{L}\\d._-]*\\d[\\p{L}\\d._-]{3,})", False),
    ],
    "ABHA_NUMBER": [
        ("(?<![\\d./-])(?:\\d{2}[\\s-]\\d{4}[\\s-]\\d{4}[\\s-]\\d{4}|\\d{14})(?![\\d/]|[.,-]\\d)", True),
    ],
    "ABHA_ADDRESS": [
        ("[\\p{L}\\d][\\p{L}\\d._-]*\\s?@\\s?(?:abdm|sbx|ndhm|phr)(?![\\p{L}\\d])", False),
    ],
    "LABELLED_PAN": [
        ("(?<![\\p{L}])(?:pan|पैन|permanent\\s+account)(?!\\p{L})(?:\\s*(?:card|number|num|no|id|address|कार्ड|नंबर|नम्बर|संख्या|सं|पता|hai|है|is|was|as|ka|का|नं|last|ending|in|digits))*\\.?[\\s:.#=()-]*(?<id>(?=[\\p{L}\\s-]*\\d)[a-z]{2,6}[\\s-]?\\d{2,5}[\\s-]?[a-z]{0,3})(?![\\p{L}\\d])", False),
    ],
    "PAN": [
        ("(?<![\\p{L}\\d])[a-z]{3}[abcfghljpt][a-z][\\s-]?\\d{4}[\\s-]?[a-z](?![\\p{L}\\d])", False),
    ],
    "LICENCE": [
        ("(?<![\\p{L}])(?:passport|पासपोर्ट|driving\\s+licen[cs]e|driver'?s?\\s+licen[cs]e|dl\\s+no|dl(?=\\s*[:#-]?\\s*[a-z]{2}[\\s-]?\\d{2}[a-z]?[\\s/-]?\\d{4})|licen[cs]e\\s+(?:no|number)|लाइसेंस|voter\\s*(?:id)?(?:\\s+card)?|epic(?=\\s+(?:no|card|number))|वोटर|ration\\s+card|राशन|(?:kmc|mci|dmc|nmc|tnmc|mmc|medical\\s+council|council)\\s+reg[a-z]*|(?:kmc|mci|dmc|nmc|tnmc|mmc)(?=\\s*(?:no|[-/#:])))(?:\\s*(?:card|number|num|no|id|address|कार्ड|नंबर|नम्बर|संख्या|सं|पता|hai|है|is|was|as|ka|का|नं|last|ending|in|digits))*\\.?[\\s:.#=()-]*(?<id>(?:\\p{Lu}{1,5}\\s(?=\\d))?(?=[\\p{L}/\\s-]{0,12}\\d)[\\p{L}\\d]+(?:[/-][\\p{L}\\d]+|\\s\\d+)*)(?!\\p{L})", False),
    ],
    "PASSPORT": [
        ("(?<![\\p{L}\\d])[A-PR-WY]\\s?[1-9]\\d{6}(?![\\p{L}\\d])", True),
    ],
    "DRIVING": [
        ("(?<![\\p{L}\\d])[A-Z]{2}[\\s-]?\\d{2}[\\s/-]?(?:19|20)\\d{2}[\\s-]?\\d{7}(?!\\d)", True),
    ],
    "VOTER": [
        ("(?<![\\p{L}\\d])[A-Z]{3}\\/?\\d{7}(?!\\d)", True),
    ],
    "INSURANCE": [
        ("(?<![\\p{L}])(?:insurance(?:\\s+policy)?|policy|बीमा|पॉलिसी|pm-?jay|ayushman(?:\\s+bharat)?|आयुष्मान(?:\\s+भारत)?|esic?|cghs|echs|tpa|claim|(?:health|ehs|cmchis|swasthya\\s?sathi|chiranjeevi)\\s+card|scheme\\s+(?:no|id)|pre-?auth(?:orisation|orization)?|mediclaim|member|beneficiary|bpl|rsby|arogya\\s?sri|golden\\s+card)(?!\\p{L})(?:\\s*(?:card|number|num|no|id|address|कार्ड|नंबर|नम्बर|संख्या|सं|पता|hai|है|is|was|as|ka|का|नं|last|ending|in|digits))*\\.?[\\s:.#=()-]*(?<id>(?:\\p{Lu}{1,5}\\s(?=\\d))?(?=[\\p{L}/\\s-]{0,12}\\d)[\\p{L}\\d]+(?:[/-][\\p{L}\\d]+|\\s\\d+)*)(?!\\p{L})", False),
    ],
}

DATES: Expressions = {
    "NUMERIC": [
        ("(?<![\\d.,/-])(?:0?[1-9]|[12]\\d|3[01])\\s?([/.-])\\s?(?:0?[1-9]|1[0-2])\\s?\\1\\s?(?:(?:19|20)\\d{2}|\\d{2})(?:(?:T|,?\\s+(?:at\\s+)?)\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?(?:\\s?(?:Z|[+-]\\d{2}:?\\d{2}|[ap]\\.?m\\.?|hrs))?)?(?![\\d/]|[.-]\\d)", False),
        ("(?<![\\d.,/-])(?:0?[1-9]|1[0-2])([/-])(?:0?[1-9]|[12]\\d|3[01])\\1(?:(?:19|20)\\d{2}|\\d{2})(?:(?:T|,?\\s+(?:at\\s+)?)\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?(?:\\s?(?:Z|[+-]\\d{2}:?\\d{2}|[ap]\\.?m\\.?|hrs))?)?(?![\\d/]|[.-]\\d)", False),
        ("(?<![\\d.,/-])(?:0[1-9]|[12]\\d|3[01])\\s(?:0[1-9]|1[0-2])\\s(?:19|20)\\d{2}(?![\\d/]|[.-]\\d)", False),
        ("(?<![\\d.,/-])(?:19|20)\\d{2}([/.-])(?:0?[1-9]|1[0-2])\\1(?:0?[1-9]|[12]\\d|3[01])(?:(?:T|,?\\s+(?:at\\s+)?)\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?(?:\\s?(?:Z|[+-]\\d{2}:?\\d{2}|[ap]\\.?m\\.?|hrs))?)?(?![\\d/]|[.-]\\d)", False),
        ("(?<![\\d.,/\\p{L}-])(?<!\\p{L}\\d)(?:(?:19|20)\\d{2}-(?:0[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])\\s?[/-]\\s?(?:19|20)\\d{2})(?![\\d/]|[.-]\\d)", False),
        ("(?<![\\d.,/-])(?:19|20)\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])(?:T?[0-2]\\d[0-5]\\d(?:[0-5]\\d)?)?(?![\\d/]|[.-]\\d)", False),
    ],
    "NAMED": [
        ("(?<![\\d.,/\\p{L}])(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\\s+)?(?:the\\s)?(?:0?[1-9]|[12]\\d|3[01])(?:st|nd|rd|th)?\\s?(?:of\\s|[-./,]\\s?)?(?:january|february|april|june|july|august|september|october|november|december|janvari|janwari|janwary|februry|feburary|febuary|farvari|farwari|aprail|joon|julai|agast|agust|augst|setember|septembar|sitambar|sitamber|sitmbar|octobar|aktubar|aktoobar|novembar|novmber|navambar|decembar|disambar|disamber|जनवरी|फ़रवरी|फरवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|अगसत|सितंबर|सितम्बर|सितमबर|अक्टूबर|अक्तूबर|नवंबर|नवम्बर|नवमबर|दिसंबर|दिसम्बर|दिसमबर|jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|march)(?![\\p{L}\\p{M}])(?:\\.?,?\\s?[-/]?\\s?(?:(?:(?:19|20)\\d{2}|'\\s?\\d{2})|(?<=[-/])\\d{2}))?(?:(?:T|,?\\s+(?:at\\s+)?)\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?(?:\\s?(?:Z|[+-]\\d{2}:?\\d{2}|[ap]\\.?m\\.?|hrs))?)?(?!\\d)", False),
        ("(?<![\\p{L}\\p{M}])(?:january|february|april|june|july|august|september|october|november|december|janvari|janwari|janwary|februry|feburary|febuary|farvari|farwari|aprail|joon|julai|agast|agust|augst|setember|septembar|sitambar|sitamber|sitmbar|octobar|aktubar|aktoobar|novembar|novmber|navambar|decembar|disambar|disamber|जनवरी|फ़रवरी|फरवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|अगसत|सितंबर|सितम्बर|सितमबर|अक्टूबर|अक्तूबर|नवंबर|नवम्बर|नवमबर|दिसंबर|दिसम्बर|दिसमबर|jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|march)\\.?[\\s-](?:0?[1-9]|[12]\\d|3[01])(?:st|nd|rd|th)?(?![\\p{L}\\p{M}])(?:,?\\s?(?:19|20)\\d{2})?(?:(?:T|,?\\s+(?:at\\s+)?)\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?(?:\\s?(?:Z|[+-]\\d{2}:?\\d{2}|[ap]\\.?m\\.?|hrs))?)?(?![\\d/:%]|[.-]\\d)", False),
        ("(?<![\\p{L}\\p{M}])(?:january|february|april|june|july|august|september|october|november|december|janvari|janwari|janwary|februry|feburary|febuary|farvari|farwari|aprail|joon|julai|agast|agust|augst|setember|septembar|sitambar|sitamber|sitmbar|octobar|aktubar|aktoobar|novembar|novmber|navambar|decembar|disambar|disamber|जनवरी|फ़रवरी|फरवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|अगसत|सितंबर|सितम्बर|सितमबर|अक्टूबर|अक्तूबर|नवंबर|नवम्बर|नवमबर|दिसंबर|दिसम्बर|दिसमबर|jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|march)(?![\\p{L}\\p{M}])\\.?(?:,?\\s?(?:of\\s)?[-/]?\\s?(?:(?:19|20)\\d{2}|'\\s?\\d{2})|[-/]\\d{2})(?!\\d)", False),
        ("(?<!\\d)(?:19|20)\\d{2}\\s?[-/,]?\\s?(?:के\\s|ke\\s|में\\s)?(?:january|february|april|june|july|august|september|october|november|december|janvari|janwari|janwary|februry|feburary|febuary|farvari|farwari|aprail|joon|julai|agast|agust|augst|setember|septembar|sitambar|sitamber|sitmbar|octobar|aktubar|aktoobar|novembar|novmber|navambar|decembar|disambar|disamber|जनवरी|फ़रवरी|फरवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|अगसत|सितंबर|सितम्बर|सितमबर|अक्टूबर|अक्तूबर|नवंबर|नवम्बर|नवमबर|दिसंबर|दिसम्बर|दिसमबर|jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|march)(?![\\p{L}\\p{M}])(?:[\\s-](?:0?[1-9]|[12]\\d|3[01])(?!\\d))?", False),
    ],
    "DAY_IN_WORDS": [
        ("(?<![\\p{L}\\p{M}])(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|(?:twenty|thirty)(?:[\\s-](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|one|two|three|four|five|six|seven|eight|nine))?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|pehli|ek|do|teen|char|chaar|paanch|panch|chhe|che|saat|aath|nau|das|gyarah|barah|baarah|terah|chaudah|pandrah|solah|satrah|atharah|unnis|bees|ikkis|bais|teis|chaubis|pachees|pachis|chhabbis|sattais|atthais|untees|tees|ikattis|पहली|एक|दो|तीन|चार|पाँच|पांच|छह|छः|सात|आठ|नौ|दस|ग्यारह|बारह|तेरह|चौदह|पंद्रह|पन्द्रह|सोलह|सत्रह|अठारह|उन्नीस|बीस|इक्कीस|बाईस|तेईस|चौबीस|पच्चीस|छब्बीस|सत्ताईस|अट्ठाईस|उनतीस|तीस|इकतीस)\\s+(?:of\\s+|tarikh\\s+|तारीख\\s+)?(?:january|february|april|june|july|august|september|october|november|december|janvari|janwari|janwary|februry|feburary|febuary|farvari|farwari|aprail|joon|julai|agast|agust|augst|setember|septembar|sitambar|sitamber|sitmbar|octobar|aktubar|aktoobar|novembar|novmber|navambar|decembar|disambar|disamber|जनवरी|फ़रवरी|फरवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|अगसत|सितंबर|सितम्बर|सितमबर|अक्टूबर|अक्तूबर|नवंबर|नवम्बर|नवमबर|दिसंबर|दिसम्बर|दिसमबर|jan|feb|mar(?:ch)?|apr|jun|jul|aug|sept?|oct|nov|dec)(?![\\p{L}\\p{M}])(?:,?\\s+(?:(?:19|20)\\d{2}|(?:twenty|two\\s+thousand|do\\s+hazaar|दो\\s+हज़ार|दो\\s+हजार)(?:[\\s-]+(?:and\\s+)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|(?:twenty|thirty)(?:[\\s-](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|one|two|three|four|five|six|seven|eight|nine))?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|pehli|ek|do|teen|char|chaar|paanch|panch|chhe|che|saat|aath|nau|das|gyarah|barah|baarah|terah|chaudah|pandrah|solah|satrah|atharah|unnis|bees|ikkis|bais|teis|chaubis|pachees|pachis|chhabbis|sattais|atthais|untees|tees|ikattis|पहली|एक|दो|तीन|चार|पाँच|पांच|छह|छः|सात|आठ|नौ|दस|ग्यारह|बारह|तेरह|चौदह|पंद्रह|पन्द्रह|सोलह|सत्रह|अठारह|उन्नीस|बीस|इक्कीस|बाईस|तेईस|चौबीस|पच्चीस|छब्बीस|सत्ताईस|अट्ठाईस|उनतीस|तीस|इकतीस))*))?", False),
    ],
    "DAY_OF_MONTH": [
        ("(?<![\\p{L}\\p{M}\\d.,/])(?:(?:january|february|april|june|july|august|september|october|november|december|janvari|janwari|janwary|februry|feburary|febuary|farvari|farwari|aprail|joon|julai|agast|agust|augst|setember|septembar|sitambar|sitamber|sitmbar|octobar|aktubar|aktoobar|novembar|novmber|navambar|decembar|disambar|disamber|जनवरी|फ़रवरी|फरवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|अगसत|सितंबर|सितम्बर|सितमबर|अक्टूबर|अक्तूबर|नवंबर|नवम्बर|नवमबर|दिसंबर|दिसम्बर|दिसमबर|jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|march)\\s+(?:ki|ke|की|के|me|mein|में)\\s+)?(?:0?[1-9]|[12]\\d|3[01])(?:st|nd|rd|th)?\\s*(?:tarikh|tareekh|tareek|तारीख|तारीख़)(?![\\p{L}\\p{M}])(?:\\s+(?:january|february|april|june|july|august|september|october|november|december|janvari|janwari|janwary|februry|feburary|febuary|farvari|farwari|aprail|joon|julai|agast|agust|augst|setember|septembar|sitambar|sitamber|sitmbar|octobar|aktubar|aktoobar|novembar|novmber|navambar|decembar|disambar|disamber|जनवरी|फ़रवरी|फरवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|अगसत|सितंबर|सितम्बर|सितमबर|अक्टूबर|अक्तूबर|नवंबर|नवम्बर|नवमबर|दिसंबर|दिसम्बर|दिसमबर|jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|march)(?![\\p{L}\\p{M}]))?(?:\\s+(?:19|20)\\d{2})?|(?<=(?:on|from|since|till?|until)\\s+(?:the\\s+)?)(?:0?[1-9]|[12]\\d|3[01])(?:st|nd|rd|th)(?=\\s+(?:of\\s+)?(?:this|last|next)\\s+month|\\s*(?:[,;)]|\\.(?:\\s|$)|$))(?:\\s+(?:of\\s+)?(?:this|last|next)\\s+month)?", False),
    ],
    "FESTIVAL": [
        ("(?<!\\p{L})(?:diwali|deepavali|holi|dussehra|eid|christmas|onam|pongal|navratri|durga puja|ganesh chaturthi|raksha bandhan|independence day|republic day|new year'?s?(?: eve| day)?|दिवाली|दीवाली|होली|ईद|दशहरा)\\s+(?:of\\s+)?(?:19|20)\\d{2}(?!\\d)", False),
    ],
    "LABELLED_DAY": [
        ("(?<!\\p{L})(?:on|dated?|dt|since|from|till?|until|d\\.?o\\.?[abde]|doa|adm|seen|due|next|last|dos|admitted|admission|d\\/c|w\\.?e\\.?f\\.?|extubated|intubated|trach(?:eostomy)?|discharged?|born|birth|visit|follow-?up|review|surgery|operated|तारीख|तारीख़|दिनांक|tarikh|tareekh|ko bharti)[\\s:.-]+(?<id>(?:0?[1-9]|[12]\\d|3[01])[/-](?:0?[1-9]|1[0-2])|(?:0[1-9]|[12]\\d|3[01])\\.(?:0[1-9]|1[0-2]))(?![\\d/%]|[.-]\\d|\\s?(?:mm|mg|ml|kg|l\\b|of|score|on|times|days?|hrs?|hours?|hourly|min|weeks?|months?|years?|yrs?|din|ghante|mahine|hafte|doses?|vials?|units?))", False),
    ],
    "ANY_DAY": [
        ("(?<![\\d.,/-])(?:0?[1-9]|[12]\\d|3[01])[/-](?:0?[1-9]|1[0-2])(?![\\d/%-]|\\.\\d|\\s?(?:mm|mg|ml|kg|l\\b|of|score|times|days?|hrs?|hours?|hourly|min|weeks?|months?|years?|yrs?|din|ghante|mahine|hafte|doses?|vials?|units?))", True),
    ],
    "SCORED": [
        ("(?:pain|score|gcs|vas|nrs|rass|power|bp|pressure|apgar|sats?|temp|i:?e|ratio|fio2|level|news2?|rate|bipap|niv|ipap|cpap|ps|settings?|power|murmur|grade)\\D{0,14}$", False),
    ],
    "UNIT_AFTER": [
        ("^\\s?(?:ml|mg|mcg|mmhg|mm\\b|%|°|units?|\\/min|bpm|kg|l\\b|times|hours?|hrs?\\b)", False),
    ],
    "MONTH_WORD": [
        ("\\p{L}[\\p{L}\\p{M}]*(?<!st|nd|rd|th|of|at)", False),
    ],
    "WHOLE_MONTH": [
        ("^(?:january|february|april|june|july|august|september|october|november|december|janvari|janwari|janwary|februry|feburary|febuary|farvari|farwari|aprail|joon|julai|agast|agust|augst|setember|septembar|sitambar|sitamber|sitmbar|octobar|aktubar|aktoobar|novembar|novmber|navambar|decembar|disambar|disamber|जनवरी|फ़रवरी|फरवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|अगसत|सितंबर|सितम्बर|सितमबर|अक्टूबर|अक्तूबर|नवंबर|नवम्बर|नवमबर|दिसंबर|दिसम्बर|दिसमबर|jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|march)$", False),
    ],
    "SHORT_MONTH": [
        ("^(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|march)$", False),
    ],
    "DATED": [
        ("(?:19|20)\\d{2}|'\\d{2}|\\d[-/.]\\p{L}+[-/.]\\d|\\d(?:st|nd|rd|th)\\b", False),
    ],
    "BARE_DAY_AND_MONTH": [
        ("^\\d{1,2}\\s?(?:march|jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec)$", False),
    ],
    "AGES": [
        ("(?<![\\d.,/])(?:9\\d|1[01]\\d|12[0-2])\\+?[\\s-]*(?:years?|yrs?|yr|y\\s?\\/?\\s?o|year'?s|y(?=s+old)|वर्ष(?:ीय)?|साल|बरस|saal|sal|baras|varsh|yo)(?![\\p{L}\\p{M}])(?:[\\s-]*(?:old|of\\s+age|की\\s+उम्र|ki\\s+(?:umar|umra|age)|का|की|के|ka|ki|ke)(?![\\p{L}\\p{M}]))?", False),
        ("(?<!\\p{L})(?:aged?|age\\s+is|उम्र|आयु|umar|umra|ayu|turned|turning)(?![\\p{L}\\p{M}])(?:\\s*(?:of|is|[:=/-]|sex|in|years?|yrs?|about|around|nearly|almost|above|over|approx\\.?|लगभग|करीब|kareeb|है|hai|ki|की))*\\s*(?<id>(?:9\\d|1[01]\\d|12[0-2])\\+?)(?![\\d%]|[./:]\\d|\\s?(?:%|mm|months?|days?|hours?|min))", False),
        ("(?<![\\d.,/])(?:9\\d|1[01]\\d|12[0-2])\\s?(?:y(?:rs?|ears?)?)?[\\s/,-]{0,2}(?:M|F|male|female|man|woman|lady|gentleman|पुरुष|महिला|स्त्री)(?![\\p{L}\\p{M}\\d])", False),
        ("(?<![\\p{L}\\p{M}])(?:(?:ninety|nabbe|नब्बे)(?:[\\s-](?:one|two|three|four|five|six|seven|eight|nine))?|(?:a|one)?\\s?hundred(?:\\s(?:and\\s)?(?:one|two|three|four|five|six|seven|eight|nine))?)[\\s-]*(?:years?|yrs?|yr|y\\s?\\/?\\s?o|year'?s|y(?=s+old)|वर्ष(?:ीय)?|साल|बरस|saal|sal|baras|varsh|yo)(?![\\p{L}\\p{M}])(?:[\\s-]*old)?", False),
        ("(?<![\\p{L}\\p{M}])(?:nonagenarian|centenarian|(?:early|mid|late)[\\s-](?:nineties|90s)|in (?:his|her|their) (?:nineties|90s))(?![\\p{L}\\p{M}])", False),
        ("(?<![\\p{L}\\p{M}])(?:बयानवे|तिरानवे|चौरानवे|पचानवे|पंचानवे|छियानवे|सत्तानवे|अट्ठानवे|अठानवे|निन्यानवे|इक्यानवे|ikyanve|bayanve|tiranve|chauranve|pachanve|chhiyanve|sattanve|atthanve|ninyanve|बानवे|बानबे|इक्यानबे|तिरानबे|चौरानबे|पंचानबे|पिचानवे|छियानबे|सत्तानबे|अट्ठानबे|अठानबे|निन्यानबे|निन्नानवे|baanve|banve|baanbe|chhiyanbe|pachaanve|pichanve|ninyanbe|ninnanve|ninety|nabbe|नब्बे|सौ|sau)\\s+(?:(?:years?|yrs?|yr|y\\s?\\/?\\s?o|year'?s|y(?=s+old)|वर्ष(?:ीय)?|साल|बरस|saal|sal|baras|varsh|yo))(?![\\p{L}\\p{M}])", False),
        ("(?<![\\p{L}\\d])[MF]\\s?\\/\\s?(?:9\\d|1[01]\\d|12[0-2])(?![\\d./%])", False),
        ("(?<![\\d.,/])(?:a\\s+)?(?:9\\d|1[01]\\d|12[0-2])\\s?y(?:o|rs?)?(?![\\p{L}\\p{M}])", False),
        ("(?<=(?:lady|man|woman|gentleman|patient|pt|grandmother|grandfather)\\s(?:of|aged|is|now)\\s)(?:9\\d|1[01]\\d|12[0-2])(?![\\d/%]|[.,]\\d)", False),
        ("(?<=(?:dada|dadi|nana|nani|naani|daadi|daada|baba|amma|ammi|maa|mataji|pitaji|patient|pt|mareez|mariz|buzurg|grandfather|grandmother|दादा|दादी|नाना|नानी|बाबा|अम्मा|माँ|मां|माताजी|पिताजी|बुज़ुर्ग|बुजुर्ग|मरीज़|मरीज)(?:\\s?(?:ji|जी))?\\s+)(?:9\\d|1[01]\\d|12[0-2])(?=\\s+(?:ki|ke|ka|की|के|का)\\s+(?:hain?|ho|thi|the|tha|हैं|है|हो|थी|थे|था)(?![\\p{L}\\p{M}]))", False),
        ("(?<=(?:turned|turning|nearing|touching|crossed|almost|nearly|she\\s+is|he\\s+is|patient\\s+is)\\s)(?:(?:ninety|nabbe|नब्बे)(?:[\\s-](?:one|two|three|four|five|six|seven|eight|nine))?|a\\s+hundred)(?![\\p{L}\\p{M}]|\\s+(?:per|percent|degrees?|ml|mg))", False),
        ("(?<![\\d.,/\\p{L}])(?:9\\d|1[01]\\d|12[0-2])\\s?(?:varshiya|varshiy|saala|साला|वर्षीया|वर्षिय|बरसी)(?![\\p{L}\\p{M}])", False),
        ("(?<!\\d)(?:9\\d|1[01]\\d|12[0-2])(?:th|st|nd|rd)\\s+(?:birthday|year)", False),
        ("(?<!\\p{L})(?:ninety|nabbe|नब्बे)-?\\s?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\\s+birthday", False),
        ("(?<![\\p{L}\\p{M}])(?:उम्र|आयु|umar|umra|aged?|ayu)[\\s:]*(?:लगभग\\s|करीब\\s|kareeb\\s|about\\s|around\\s|nearly\\s|almost\\s|above\\s|over\\s)?(?:(?:ninety|nabbe|नब्बे)[\\s-](?:one|two|three|four|five|six|seven|eight|nine)|ninety|nabbe|नब्बे|सौ|sau|(?:a|one\\s)?hundred(?:\\s(?:and\\s)?(?:one|two|three|four|five|six|seven|eight|nine))?|बयानवे|तिरानवे|चौरानवे|पचानवे|पंचानवे|छियानवे|सत्तानवे|अट्ठानवे|अठानवे|निन्यानवे|इक्यानवे|ikyanve|bayanve|tiranve|chauranve|pachanve|chhiyanve|sattanve|atthanve|ninyanve|बानवे|बानबे|इक्यानबे|तिरानबे|चौरानबे|पंचानबे|पिचानवे|छियानबे|सत्तानबे|अट्ठानबे|अठानबे|निन्यानबे|निन्नानवे|baanve|banve|baanbe|chhiyanbe|pachaanve|pichanve|ninyanbe|ninnanve)(?![\\p{L}\\p{M}])", False),
    ],
    "AGO": [
        ("^\\s*(?:bhar|भर|tak|तक|ago|back|pack|of\\s+(?:data|experience|follow)|survival|pehle|पहले)", False),
    ],
}

RECORDS: Expressions = {
    "DEVICE": [
        ("(?<![\\p{L}\\p{M}])(?:s\\s?\\/\\s?n|sr?\\.?\\s?no|ser(?:ial)?|imei|udi|asset|device(?:\\s+(?:id|no|number|serial|tag))|equipment\\s+(?:no|id|tag)|(?:monitor|ventilator|pump|pacemaker|implant|stent|glucometer|machine|infusion\\s+pump|defibrillator|probe|icd|valve)\\s+(?:serial|s\\/n|sn|no|number|id|asset)|sn(?=\\s*[:#.-])|सीरियल|क्रम\\s+संख्या|मशीन\\s+नंबर)(?![\\p{L}\\p{M}])(?:\\s*(?:serial|no|num|number|id|tag|is|of|ventilator|monitor|pump|pacemaker|नंबर|नम्बर|संख्या|है))*\\.?[\\s:.#=()-]*(?<id>#?(?:(?:\\p{L}{1,5}[ -])?\\d{2,4}(?:[ ]\\d{2,4}(?!\\d|[.,:/]\\d|\\s?(?:mb\\b|gb\\b|kb\\b|ml|mg|mcg|mmhg|iu|units?|u\\b|cells?|copies|kg|g\\b|l\\b|hz|rpm|bpm|\\/(?:ul|µl|mm|cumm|dl|l|min)|per\\b|lakh|%|°|mm|hrs?\\b|hours?\\b|min)))+(?![\\p{L}\\d])|(?:\\p{Lu}{1,5}\\s(?=\\d))?(?=[\\p{L}\\p{M}/._-]{0,14}\\d)[\\p{L}\\p{M}\\d]+(?:[/._-]+[\\p{L}\\p{M}\\d]+)*(?:\\s(?=[\\p{L}]{0,3}\\d{3})[\\p{L}\\d]+(?:[/-][\\p{L}\\d]+)*)*))", False),
    ],
    "IMPLANT_LOT": [
        ("(?<!\\p{L})(?:stent|implant|valve|pacemaker|lead|graft|mesh|prosthesis|lens|iol|plate|nail|shunt|catheter)[^.।\\n]{0,30}(?<![\\p{L}\\p{M}])(?:lot|batch)\\s*(?:no|number|#)?\\.?[\\s:.#-]*(?<id>#?(?:(?:\\p{L}{1,5}[ -])?\\d{2,4}(?:[ ]\\d{2,4}(?!\\d|[.,:/]\\d|\\s?(?:mb\\b|gb\\b|kb\\b|ml|mg|mcg|mmhg|iu|units?|u\\b|cells?|copies|kg|g\\b|l\\b|hz|rpm|bpm|\\/(?:ul|µl|mm|cumm|dl|l|min)|per\\b|lakh|%|°|mm|hrs?\\b|hours?\\b|min)))+(?![\\p{L}\\d])|(?:\\p{Lu}{1,5}\\s(?=\\d))?(?=[\\p{L}\\p{M}/._-]{0,14}\\d)[\\p{L}\\p{M}\\d]+(?:[/._-]+[\\p{L}\\p{M}\\d]+)*(?:\\s(?=[\\p{L}]{0,3}\\d{3})[\\p{L}\\d]+(?:[/-][\\p{L}\\d]+)*)*))", False),
    ],
    "MAC": [
        ("(?<![\\p{L}\\d:-])[\\da-f]{2}(?:([:-])[\\da-f]{2})(?:\\1[\\da-f]{2}){4}(?![\\p{L}\\d:-])", False),
    ],
    "PLATES": [
        ("(?<![\\p{L}\\d])(?:AN|AP|AR|AS|BR|CG|CH|DD|DL|DN|GA|GJ|HP|HR|JH|JK|KA|KL|LA|LD|MH|ML|MN|MP|MZ|NL|OD|OR|PB|PY|RJ|SK|TN|TG|TR|TS|UA|UK|UP|WB)[\\s./-]{0,3}\\d{1,2}[\\s./-]{0,3}[A-Z](?:[\\s./-]{0,3}[A-Z]){0,2}[\\s./-]{0,3}\\d{3,4}(?![\\p{L}\\d/]|\\.\\d)", False),
        ("(?<![\\p{L}\\d])\\d{2}[\\s./-]{0,3}BH[\\s./-]{0,3}\\d{4}[\\s./-]{0,3}[A-Z]{1,2}(?![\\p{L}\\d])", False),
    ],
    "NO_SERIES": [
        ("^..[\\s./-]*\\d{1,2}[\\s./-]*(?:BP|RR|PR|HR|SP|MAP|T|CVP|GCS|MG|ML|MCG|KG|CM|MM|HRS?|MIN|DAY|TO|SE|PAR|HB|NA|K|CL|CR|PH|O)[\\s./-]*\\d", False),
    ],
    "HINDI_PLATE": [
        ("(?<![\\p{L}\\p{M}])(?:डीएल|यूपी|एमएच|एचआर|आरजे|एमपी|पीबी|केए|टीएन|जीजे|बीआर|जेएच|सीजी|यूके|डब्ल्यूबी|एपी|टीएस|केएल|एचपी|ओडी|एएस|सीएच|जेके)[\\s-]*\\d{1,2}[\\s-]*(?:[\\p{Script=Devanagari}\\p{M}]{1,8}[\\s-]*){0,3}\\d{3,4}(?!\\d)", True),
    ],
    "LABELLED_PLATE": [
        ("(?<![\\p{L}\\p{M}])(?:vehicle|car|bike|scooter|scooty|motorcycle|auto|rickshaw|ambulance|truck|bus|tempo|tractor|jeep|plate|registration|गाड़ी|वाहन|एम्बुलेंस|बाइक|कार|ट्रक|gaadi|gadi)(?:\\s*(?:no|number|plate|regn?|registration|नंबर|नम्बर|नं|is|hai))*\\.?[\\s:.#-]*(?<id>[A-Z]{2}[\\s./-]*\\d{1,2}[\\s./-]*(?:[A-Z][\\s./-]*){0,3}\\d{3,4})(?![\\p{L}\\d])", False),
    ],
    "LABELLED": [
        ("(?<![\\p{L}\\p{M}])(?:mrn?\\s?d?|m\\.?\\s?r\\.?\\s?(?:no|d|number|(?=#))|u\\.?\\s?h\\.?\\s?i\\.?\\s?d|umr|prn|bht|hid|crno|mrno|ipno|opno|regno|uhidno|bed\\s?head\\s?ticket|mlc|fir(?=\\s*[:#\\d-])|token(?=\\s*[:#]?\\s*\\p{L}?-?\\d{3})|c\\.?\\s?r\\.?\\s?(?:no|number|(?=#))|(?:i\\.?\\s?p|o\\.?\\s?p)\\.?\\s?d?\\.?(?=[\\s.:#-]*(?:no|num|id|\\d))|ipd|opd|ipid|opid|dvd|reg(?:d|n|istration|ister)?|(?:hospital|hosp|file|slip|health|pid|crf|srf|icmr|icu|ot|serology|tag|dispatch|despatch|booking|appointment|scan|card|ticket|referral|letter|case|admission|admn?|indoor|outdoor|(?:in|out)-?patient|register|record|chart|folder|patient|pt|visit|encounter|episode|bill|invoice|receipt|token|sample|specimen|lab|accession|barcode|order|request|account|acct|a\\/c|discharge|mlc|fir|gd|unit|donor|kit|cross-?match|plate|wristband|band|nikshay|rch|art|tb|birth|death|enrol+ment|unique|samagra|x-?ray|ct|mri|usg|echo|biopsy|histopath|blood\\s+bag|bag|study|subject|report|entry|ref(?:erence)?)\\.?\\s*(?:slip|card|file|sheet|paper|register|parcha)?\\s*(?:no|num|number|id|nambar|nambr|code|(?=#)|नंबर)|(?:patient|pt)\\s?(?:id|(?=#))|(?:case|bed\\s?head)\\s?(?:sheet|paper)|medical\\s+record|एमआरएन|एमआरडी|यूएचआईडी|यूएचआइडी|आईपीडी|ओपीडी|आईपी|ओपी|सीआर|पंजीकरण|पंजीयन|पंजी|रजिस्ट्रेशन|रजिस्टर|रजि|रिकॉर्ड|फ़ाइल|फाइल|भर्ती\\s+(?:संख्या|नंबर|नं|सं|क्रमांक|क्र)|केस|पर्ची|पर्चा|पर्चे|एडमिशन|मरीज़\\s+(?:आईडी|संख्या)|मरीज\\s+(?:आईडी|संख्या)|सैंपल|बिल|टोकन|लैब\\s+(?:आईडी|नंबर|नं|संख्या)|कार्ड\\s+(?:संख्या|नंबर|नं)|अनुक्रमांक|क्रमांक|जन\\s*आधार|समग्र|parch[ai]|bharti\\s+(?:number|no)|(?:opd|ipd|op|ip)\\s+(?:slip|card|ticket|file|parch[ai]))(?![\\p{L}\\p{M}])(?:\\.?\\s*(?:no|num|number|nos|id|code|is|was|as|नंबर|नम्बर|नं|संख्या|सं|क्रमांक|क्र|आईडी|है|hai|ka|का)(?![\\p{L}\\p{M}]))*\\.?[\\s:.=()-]*(?<id>#?(?:(?:\\p{L}{1,5}[ -])?\\d{2,4}(?:[ ]\\d{2,4}(?!\\d|[.,:/]\\d|\\s?(?:mb\\b|gb\\b|kb\\b|ml|mg|mcg|mmhg|iu|units?|u\\b|cells?|copies|kg|g\\b|l\\b|hz|rpm|bpm|\\/(?:ul|µl|mm|cumm|dl|l|min)|per\\b|lakh|%|°|mm|hrs?\\b|hours?\\b|min)))+(?![\\p{L}\\d])|(?:\\p{Lu}{1,5}\\s(?=\\d))?(?=[\\p{L}\\p{M}/._-]{0,14}\\d)[\\p{L}\\p{M}\\d]+(?:[/._-]+[\\p{L}\\p{M}\\d]+)*(?:\\s(?=[\\p{L}]{0,3}\\d{3})[\\p{L}\\d]+(?:[/-][\\p{L}\\d]+)*)*))", False),
    ],
    "SMALL_WORD": [
        ("^(?!(?:mr|uh|uhid|ip|ipd|op|opd|cr|reg|hn|pid)\\s)\\p{L}*\\p{Ll}\\p{L}*\\s", True),
    ],
    "TOKEN": [
        ("(?<![\\p{L}\\p{M}\\d.,])#?[\\p{L}\\p{M}\\d]+(?:[/._-][\\p{L}\\p{M}\\d]+)*", True),
    ],
    "ANY_LABEL": [
        ("(?<![\\p{L}\\p{M}])(?:id|idno|आईडी|(?:\\p{L}[\\p{L}\\p{M}]+\\s+)(?:id|no|number|nambar|नंबर|नम्बर|नं|संख्या|क्रमांक))(?![\\p{L}\\p{M}])(?:\\s*(?:is|hai|है|was|no|number))*\\.?[\\s:.=()-]*(?<id>#?(?:(?:\\p{L}{1,5}[ -])?\\d{2,4}(?:[ ]\\d{2,4}(?!\\d|[.,:/]\\d|\\s?(?:mb\\b|gb\\b|kb\\b|ml|mg|mcg|mmhg|iu|units?|u\\b|cells?|copies|kg|g\\b|l\\b|hz|rpm|bpm|\\/(?:ul|µl|mm|cumm|dl|l|min)|per\\b|lakh|%|°|mm|hrs?\\b|hours?\\b|min)))+(?![\\p{L}\\d])|(?:\\p{Lu}{1,5}\\s(?=\\d))?(?=[\\p{L}\\p{M}/._-]{0,14}\\d)[\\p{L}\\p{M}\\d]+(?:[/._-]+[\\p{L}\\p{M}\\d]+)*(?:\\s(?=[\\p{L}]{0,3}\\d{3})[\\p{L}\\d]+(?:[/-][\\p{L}\\d]+)*)*))", False),
    ],
    "COUNTED": [
        ("^(?:platelets?|cells?|count|wbc|tlc|rbc|dose|version|day|episode|breaths?|beats?|stools?|drops?|rate|total|lot|batch|catalogue|model)", False),
    ],
    "RUN_TOGETHER": [
        ("(?<![\\p{L}\\d])(?:MRN|MRD|UHID|UMR|UH|IPD?|OPD?|CRNO|CR|MR|HN|REG|PID|ADM|HOSP|VIS|ENC|ACC|LAB|SMP)[-/_#]?\\d[\\p{L}\\d]*(?:[-/_]\\d+)*(?![\\p{L}\\d]|\\.\\d)", False),
    ],
    "BARE_LABEL": [
        ("(?<![\\p{L}\\d])(?:CR|MR|IP|OP|REG|UHID|MRD)NO[ .:#-]{0,2}\\d{4,}(?![\\p{L}\\d])|(?<=(?<![\\p{L}\\d])(?:CR|IP|OP|MR|HN|UH|ADM|HID)[ .:#-]{1,2})\\d{5,}(?![\\p{L}\\d]|[.,]\\d)", False),
    ],
    "SHAPES": [
        ("(?<![\\p{L}\\d.])[A-Z]{1,6}[-/_]?\\d{5,}(?:[-/]\\d+)*(?![\\p{L}\\d])", True),
        ("(?<![\\p{L}\\d.])[A-Z]{1,8}(?:[-/_][A-Z]{1,6})*[-/_]\\d{2,4}[-/_][A-Z]{0,4}\\d{2,}(?:[-/_][A-Z]{0,4}\\d+)*(?![\\p{L}\\d])", True),
        ("(?<![\\p{L}\\d.])[A-Z]{2,6}(?:[-/_][A-Z]{2,6})+[-/_]\\d{3,}(?![\\p{L}\\d])", True),
        ("(?<![\\p{L}\\d.])[a-z]{1,4}\\d{6,}(?![\\p{L}\\d])", True),
        ("(?<![\\p{L}\\d./-])(?:19|20)\\d{2}[/_-]\\d{4,}(?![\\p{L}\\d])", True),
        ("(?<![\\p{L}\\d./-])\\d{2}[/_-]\\d{5,}(?![\\p{L}\\d/-]|\\.\\d)", True),
        ("(?<![\\p{L}\\d./-])\\d{2,4}[/_-][A-Z]{1,5}[/_-]?\\d{2,}(?:[/_-]\\d+)*(?![\\p{L}\\d])", True),
        ("(?<![\\p{L}\\d./-])\\d{4,}[/_](?:\\d{2}|20\\d{2}|\\d{3})(?:[/_]\\d+)*(?![\\p{L}\\d/])", True),
        ("(?<![\\p{L}\\d./-])\\d{3}\\/20\\d{2}(?![\\p{L}\\d/-])", True),
        ("(?<![\\p{L}\\d./-])\\d{5,}-(?:\\d{2}|20\\d{2})(?![\\p{L}\\d/-])", True),
        ("(?<![\\p{L}\\d.,/-])\\d{2,3}-\\d{2,3}-\\d{2,4}(?:-\\d{2,})?(?![\\p{L}\\d-])", True),
        ("(?<![\\p{L}\\d.])(?=[A-Z\\d-]*\\d[A-Z\\d-]*\\d[A-Z\\d-]*\\d[A-Z\\d-]*\\d)(?=[\\d-]*[A-Z])(?:\\d{2,}[A-Z]{1,4}\\d{2,}|[A-Z]{1,4}\\d{2,}[A-Z]{1,4}\\d{2,}|\\d{4,}[A-Z]{1,4})(?![\\p{L}\\d])", True),
    ],
    "LONG": [
        ("(?<![\\d.,])\\d{9,}(?![\\d]|[.,]\\d)", True),
    ],
    "NOUGHT_BEFORE": [
        ("(?<![\\p{L}\\d.,/:+-])0\\d{4,}(?![\\p{L}\\d]|[.,:/-]\\d)", True),
    ],
    "SEVEN": [
        ("(?<![\\p{L}\\d.,/:+-])\\d{7,8}(?![\\p{L}\\d]|[.,:/-]\\d)", True),
    ],
    "COUNT_BEFORE": [
        ("(?:rs\\.?|inr|₹|rupees|cost|bill|charges?|amount|platelets?|plt|count|wbc|tlc|rbc|cells?|load|copies|dose|streptokinase|urokinase|penicillin|heparin|total|lot|batch)(?:\\s*(?:no|number|of|is|was|aaya|hai))*\\.?[\\s:=#-]*$", False),
    ],
    "NO_RECORD": [
        ("^(?:TLC|WBC|PLT|PLTS|PLATELETS?|ANC|ALC|CK|CPK|CKMB|BNP|NTPROBNP|LDH|TROP|FERRITIN|CRP|PCT|HR|BP|RR|SPO2?|COVID|ICD|LOINC|SNOMED|CPT|VOL|UO|IO|ISO|IEC|IS|IU|MX|NCT|CTRI|DOI|PMID|ISBN|RFC|CG|NG|QS)[-/_]?\\d", False),
    ],
    "UNIT_AFTER": [
        ("^\\s*(?:mb\\b|gb\\b|kb\\b|ml|mg|mcg|mmhg|iu|units?|u\\b|cells?|copies|kg|g\\b|l\\b|hz|rpm|bpm|\\/(?:ul|µl|mm|cumm|dl|l|min)|per\\b|lakh|%|°|mm|hrs?\\b|hours?\\b|min)", False),
    ],
    "LOT_BEFORE": [
        ("(?:lot|batch)\\s*(?:no|number|num|#)?\\.?[\\s:.#-]*$", False),
    ],
}
