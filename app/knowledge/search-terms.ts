/**
 * The words of a search: how a text is folded before it is indexed, and which words of a question are looked for.
 * English words are stemmed by the index itself (Porter); Devanagari is folded here, because the ways to write one
 * Hindi word differ in signs that no stemmer of an index knows.
 */

const NUKTA = /\u093c/gu;
const CHANDRABINDU = /\u0901/gu;
/** Vowel signs that Hindi changes at a word's end with gender, number and case. */
const HINDI_ENDING = /(?<=\p{Script=Devanagari}{3})(?:ियों|ियाँ|ियां|ओं|ों|ें|ाँ|ां|ीं|े|ी|ा|ो|ि)$/u;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** Words that say nothing of what is asked: articles, pronouns, auxiliaries, question words, in the ward's three ways to write. */
const EMPTY_WORDS: ReadonlySet<string> = new Set(
  `a an and are as at be been but by can could did do does for from get got had has have he her here him his how i if in
  into is isn it its just me my no not of off on or our out over she should so some than that the their them then there
  these they this to too up us very was we were what when where which while who why will with would you your t s re don
  doesn after before about again all also any because more most only same such own other now still
  hai hain ho hua hui hue ka ke ki ko se me mein par aur ya kya kyun kaise kab kahan kaun kar karna karun kare raha rahi
  rahe tha thi the gaya gayi gaye ne nahin nahi bhi to hi ye yeh wo woh is us un liye baad
  है हैं हो हुआ हुई हुए का के की को से में पर और या क्या क्यों कैसे कब कहाँ कहां कौन कर करना करूँ करें करे रहा रही रहे था थी थे
  गया गई गए ने नहीं भी तो ही यह ये वह वो इस उस उन लिए बाद एक आ रहा किसे किस कितनी कितना`
    .split(/\s+/u)
    .filter((word) => word !== '')
    .map(folded),
);

/** Folds a text for index and search alike: one form of each letter, small Latin letters, Hindi words by their stems. */
export function folded(text: string): string {
  return text
    .normalize('NFC')
    .normalize('NFD')
    .replace(NUKTA, '')
    .replace(CHANDRABINDU, '\u0902')
    .normalize('NFC')
    .toLowerCase()
    .replace(WORD, (word) => word.replace(HINDI_ENDING, ''));
}

/** At most so many words of a question are looked for: a page that is pasted in is no question. Ours. */
const MOST_TERMS = 40;

/** The words of a question that are looked for, folded, each once. Numbers alone say nothing of a card. */
export function searchTerms(question: string, most = MOST_TERMS): readonly string[] {
  const words = folded(question).match(WORD) ?? [];
  const telling = words.filter((word) => /\p{L}/u.test(word) && !EMPTY_WORDS.has(word));
  return [...new Set(telling)].slice(0, most);
}
