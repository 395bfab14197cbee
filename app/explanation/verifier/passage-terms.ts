/**
 * Passages are kept in English and may be cited in a Hindi sentence: what a passage says under its English name it
 * also says under the Hindi one.
 */
const HINDI_OF: readonly (readonly [string, string])[] = [
  ['antibiotic', 'एंटीबायोटिक'],
  ['oxygen', 'ऑक्सीजन'],
  ['sepsis', 'सेप्सिस'],
  ['infection', 'संक्रमण'],
  ['lactate', 'लैक्टेट'],
  ['culture', 'कल्चर'],
  ['headache', 'सिरदर्द'],
  ['drows', 'उनींदापन सुस्ती सुस्त'],
  ['target', 'लक्ष्य टारगेट'],
  ['fluid', 'द्रव तरल फ्लूइड'],
  ['medicine', 'दवा दवाई औषधि'],
  ['drug', 'दवा दवाई औषधि'],
  ['urine', 'पेशाब मूत्र'],
  ['glucose', 'शुगर ग्लूकोज़ ग्लूकोज'],
  ['sugar', 'शुगर'],
  ['fever', 'बुखार'],
  ['pain', 'दर्द'],
  ['cough', 'खाँसी खांसी'],
  ['vomit', 'उल्टी'],
  ['bleed', 'रक्तस्राव खून'],
  ['blood', 'रक्त खून'],
  ['sweat', 'पसीना'],
  ['skin', 'त्वचा'],
  ['pupil', 'पुतली पुतलियाँ'],
  ['swelling', 'सूजन'],
  ['seizure', 'दौरा दौरे'],
  ['weakness', 'कमज़ोरी'],
  ['dizz', 'चक्कर'],
  ['thirst', 'प्यास'],
  ['pregnan', 'गर्भवती गर्भावस्था'],
  ['ventilat', 'वेंटिलेटर'],
  ['insulin', 'इंसुलिन'],
];

/** A passage in small letters, with the Hindi of what it names behind it. */
export function inBothLanguages(passage: string): string {
  const hindi = HINDI_OF.filter(([english]) => passage.includes(english)).map(([, words]) => words);
  return hindi.length === 0 ? passage : `${passage} ${hindi.join(' ').normalize('NFKC')}`;
}
