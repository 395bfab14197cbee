/** Where in the text of a mapping file its codes stand, so that a person finds what is wrong in it. */

/** The line (from 1) on which each element of the file's `codes` begins, in their order. `text` is well-formed JSON. */
export function linesOfCodes(text: string): number[] {
  const lines: number[] = [];
  let line = 1;
  let depth = 0;
  let key = '';
  let isIn = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (letter === '\n') line += 1;
    else if (letter === '"') {
      const end = endOfString(text, at);
      if (depth === 1) key = text.slice(at + 1, end);
      // The string itself may be an element that is none: it has its line, too.
      if (isIn && depth === 2 && isElement(text, at)) lines.push(line);
      at = end;
    } else if (letter === '{' || letter === '[') {
      if (isIn && depth === 2) lines.push(line);
      depth += 1;
      if (letter === '[' && depth === 2 && key === 'codes') isIn = true;
    } else if (letter === '}' || letter === ']') {
      depth -= 1;
      if (depth < 2) isIn = false;
    } else if (isIn && depth === 2 && isElement(text, at)) lines.push(line);
  }
  return lines;
}

/**
 * The line at which a text ceases to be JSON: that of the longest beginning that could still become one. What a parser
 * says of the place differs from fault to fault, so the place is found by asking it about beginnings.
 */
export function lineOfFault(text: string): number {
  let fits = 0;
  let fails = text.length + 1;
  while (fails - fits > 1) {
    const middle = Math.floor((fits + fails) / 2);
    if (couldGoOn(text.slice(0, middle))) fits = middle;
    else fails = middle;
  }
  return text.slice(0, fits).split('\n').length;
}

/** True of what is JSON, or only breaks off. */
function couldGoOn(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const position = /position (\d+)/.exec(message)?.[1];
    return /end of JSON|Unterminated/.test(message) || Number(position ?? -1) >= text.length;
  }
}

function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text.charAt(at) === '\\') at += 1;
    else if (text.charAt(at) === '"') return at;
  }
  return text.length;
}

/** True at the first letter of a plain value: what stands before it is the bracket or a comma. */
function isElement(text: string, at: number): boolean {
  if (/[\s,]/.test(text.charAt(at))) return false;
  return /[[,]\s*$/.test(text.slice(Math.max(0, at - 200), at));
}
