/**
 * HL7 v2 escape sequences (chapter 2, "Use of escape sequences in text fields").
 * Decoding happens to one subcomponent after everything is split, so an escaped separator or line end stays
 * text: it can never make a field or a segment.
 */

/** The separators a message declares in MSH-1 and MSH-2. An empty string means: not declared, never splits. */
export interface Delimiters {
  readonly field: string;
  readonly component: string;
  readonly repetition: string;
  readonly escape: string;
  readonly subcomponent: string;
}

export const USUAL_DELIMITERS: Delimiters = {
  field: '|',
  component: '^',
  repetition: '~',
  escape: '\\',
  subcomponent: '&',
};

/** Bytes written in hexadecimal: UTF-8 where they are valid UTF-8, else one character a byte. */
function textOfHex(hex: string): string {
  try {
    return decodeURIComponent(hex.replaceAll(/../g, '%$&'));
  } catch {
    return hex.replaceAll(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)));
  }
}

function decodeSequence(body: string, delimiters: Delimiters): string | null {
  switch (body) {
    case 'F':
      return delimiters.field;
    case 'S':
      return delimiters.component;
    case 'T':
      return delimiters.subcomponent;
    case 'R':
      return delimiters.repetition;
    case 'E':
      return delimiters.escape;
    case 'H':
    case 'N':
      return '';
    case '.br':
      return '\n';
    default:
      return /^X(?:[0-9A-Fa-f]{2})+$/.test(body) ? textOfHex(body.slice(1)) : null;
  }
}

/** The text that an escaped subcomponent means. A sequence that is not known or not closed stays as it is. */
export function decodeEscapes(raw: string, delimiters: Delimiters): string {
  const mark = delimiters.escape;
  if (mark === '' || !raw.includes(mark)) return raw;
  let text = '';
  let from = 0;
  for (;;) {
    const opening = raw.indexOf(mark, from);
    const closing = opening < 0 ? -1 : raw.indexOf(mark, opening + 1);
    if (closing < 0) return text + raw.slice(from);
    const decoded = decodeSequence(raw.slice(opening + 1, closing), delimiters);
    if (decoded === null) {
      // The second mark may open a sequence of its own, so only the first is passed over.
      text += raw.slice(from, opening + 1);
      from = opening + 1;
    } else {
      text += raw.slice(from, opening) + decoded;
      from = closing + 1;
    }
  }
}

/** No separator can stand in it: separators are signs, never letters or digits (`message.ts`). */
const PLAIN = /^[A-Za-z0-9]*$/;

/** Text made safe to stand in one subcomponent. Control characters go as hex: they would end a segment or a frame. */
export function encodeEscapes(text: string, delimiters: Delimiters): string {
  const mark = delimiters.escape;
  if (PLAIN.test(text)) return text;
  if (mark === '') return [...text].filter((sign) => !isSpecial(sign, delimiters)).join('');
  let encoded = '';
  for (const sign of text) encoded += encodeSign(sign, delimiters);
  return encoded;
}

function isSpecial(sign: string, delimiters: Delimiters): boolean {
  return sign < ' ' || Object.values(delimiters).includes(sign);
}

function encodeSign(sign: string, delimiters: Delimiters): string {
  const mark = delimiters.escape;
  if (sign === delimiters.escape) return `${mark}E${mark}`;
  if (sign === delimiters.field) return `${mark}F${mark}`;
  if (sign === delimiters.component) return `${mark}S${mark}`;
  if (sign === delimiters.subcomponent) return `${mark}T${mark}`;
  if (sign === delimiters.repetition) return `${mark}R${mark}`;
  if (sign >= ' ') return sign;
  return `${mark}X${sign.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}${mark}`;
}
