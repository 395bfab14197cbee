/** Finds what identifies somebody in a text (the toolbox verb `deid`), and shows it for a person to look at. */
import { foldForIdentifiers } from './fold.ts';
import { RECOGNISERS } from './recognisers/recognisers.ts';
import type { IdentifierKind, IdentifierSpan } from './span.ts';

/** Parts of one place with a comma between them are shown as one. */
const PLACES: ReadonlySet<IdentifierKind> = new Set(['address', 'location']);
const BESIDE = /^[ ,]{1,3}$/u;
const ENDLESS = /\S{200,}/gu;

/**
 * The identifiers of a text, in order and not overlapping. Offsets are UTF-16 units of the text as given. Stretches
 * that overlap are one: it has the kind of the first recogniser in `RECOGNISERS` that claimed part of it.
 */
export function identifiers(original: string): IdentifierSpan[] {
  const folded = foldForIdentifiers(original);
  const { origin } = folded;
  // No word is so long. It is a hit as it stands, and no pattern has to try its way through it.
  const endless = [...folded.text.matchAll(ENDLESS)].map(({ index, 0: run }) => ({
    start: index,
    end: index + run.length,
    kind: 'mrn' as const,
    rank: RECOGNISERS.length,
  }));
  const text = folded.text.replace(ENDLESS, (run) => ' '.repeat(run.length));
  const found = [
    ...endless,
    ...RECOGNISERS.flatMap((recognise, rank) => recognise(text).map((span) => ({ ...span, rank }))),
  ]
    .filter(({ start, end }) => end > start)
    .sort((one, other) => one.start - other.start || one.rank - other.rank);
  const merged: (IdentifierSpan & { rank: number })[] = [];
  for (const span of found) {
    const last = merged.at(-1);
    if (
      last !== undefined &&
      PLACES.has(last.kind) &&
      PLACES.has(span.kind) &&
      BESIDE.test(text.slice(last.end, span.start))
    )
      merged[merged.length - 1] = { ...last, end: Math.max(last.end, span.end) };
    else if (last === undefined || span.start >= last.end) merged.push(span);
    else
      merged[merged.length - 1] = {
        start: last.start,
        end: Math.max(last.end, span.end),
        ...(span.rank < last.rank
          ? { kind: span.kind, rank: span.rank }
          : { kind: last.kind, rank: last.rank }),
      };
  }
  return merged.map(({ start, end, kind }) => ({
    start: origin[start] ?? 0,
    end: origin[end] ?? original.length,
    kind,
  }));
}

/** A stretch of a preview: plain text, or a hit with its kind. */
export interface PreviewPart {
  readonly text: string;
  readonly kind: IdentifierKind | null;
}

/** The whole text in parts, every hit marked: what a person looks at before anything leaves. */
export function previewParts(text: string): PreviewPart[] {
  const parts: PreviewPart[] = [];
  let at = 0;
  for (const { start, end, kind } of identifiers(text)) {
    if (start > at) parts.push({ text: text.slice(at, start), kind: null });
    parts.push({ text: text.slice(start, end), kind });
    at = end;
  }
  if (at < text.length) parts.push({ text: text.slice(at), kind: null });
  return parts;
}
