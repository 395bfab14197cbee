/** How names, numbers and beds are written down, whoever sent them: what cannot be seen never stands in one. */

/** Control and format characters: among them those that turn the direction of writing. */
const UNSEEN = /[\p{Cc}\p{Cf}]/gu;
const BREAKS = /[\t\r\n]/g;
/** Two format characters shape the letters of Indian scripts, and mean something only between such letters. */
const JOINERS = ['\u200C', '\u200D'];
const INDIAN_LETTER =
  /[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}]/u;

/** Plain ASCII words with single spaces between them: there is nothing to clean. What nearly every monitor sends. */
const CLEAN = /^[!-~]+(?: [!-~]+)*$/;

/** A name as it is kept: no control or direction characters, single spaces. */
export function cleanName(text: string): string {
  if (CLEAN.test(text)) return text;
  return spaced(
    text.replaceAll(BREAKS, ' ').replaceAll(UNSEEN, (sign, at: number, whole: string) => {
      const shapes =
        JOINERS.includes(sign) &&
        INDIAN_LETTER.test(whole.charAt(at - 1)) &&
        INDIAN_LETTER.test(whole.charAt(at + 1));
      return shapes ? sign : '';
    }),
  );
}

/** An identifier or a bed as it is kept: nothing that is not seen, single spaces. */
export function cleanMark(text: string): string {
  if (CLEAN.test(text)) return text;
  return spaced(text.replaceAll(BREAKS, ' ').replaceAll(UNSEEN, ''));
}

/** By this two names of a bed are the same bed: upper and lower case and spaces tell no beds apart. */
export function bedKey(bed: string): string {
  return cleanMark(bed).toUpperCase();
}

function spaced(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
}
