/** Reads Markdown, DOCX and PDF into blocks of text. Runs in a thread of its own: what it reads is a stranger's file. */
import mammoth from 'mammoth';
import { getDocumentProxy, getResolvedPDFJS } from 'unpdf';
import { fromBufferPromise } from 'yauzl';
import { z } from 'zod';
import { type DocumentBlock, markdownBlocks } from '../../../app/knowledge/guideline.ts';

export const DOCUMENT_KINDS = ['markdown', 'docx', 'pdf'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

export const documentJobSchema = z.object({
  kind: z.enum(DOCUMENT_KINDS),
  bytes: z.instanceof(Uint8Array),
});

/** Ours: what a ward's guideline needs many times over. */
const MOST_PAGES = 400;
const MOST_LETTERS = 3_000_000;
const MOST_UNPACKED = 60_000_000;
/** Text smaller than this (points) is not read by anybody. Ours. */
const LEAST_POINTS = 3;

/** Rejects where the file is not what its kind says, or is larger than it may be. */
export async function readDocument(kind: DocumentKind, bytes: Uint8Array): Promise<readonly DocumentBlock[]> {
  if (kind === 'markdown')
    return markdownBlocks(new TextDecoder('utf-8', { fatal: true }).decode(bytes).slice(0, MOST_LETTERS));
  return kind === 'docx' ? readDocx(bytes) : readPdf(bytes);
}

async function readDocx(bytes: Uint8Array): Promise<readonly DocumentBlock[]> {
  const buffer = Buffer.from(bytes);
  const xml = await documentXml(buffer);
  const hidden = hiddenRuns(xml);
  // Only headings and paragraphs come of it; pictures are left in the file.
  const { value: html } = await mammoth.convertToHtml(
    { buffer },
    { convertImage: mammoth.images.imgElement(async () => ({ src: '' })), includeEmbeddedStyleMap: false },
  );
  const blocks: DocumentBlock[] = [];
  for (const match of html
    .slice(0, MOST_LETTERS)
    .matchAll(/<(?<tag>h[1-6]|p|li|td|th)>(?<text>.*?)<\/\k<tag>>/gsu)) {
    const tag = match.groups?.tag ?? 'p';
    let text = plainOf(match.groups?.text ?? '');
    for (const run of hidden) text = text.replaceAll(run, ' ');
    blocks.push({ kind: tag.startsWith('h') ? 'heading' : 'paragraph', text, hidden: false });
  }
  return [...blocks, ...hidden.map((text) => ({ kind: 'paragraph' as const, text, hidden: true }))];
}

function plainOf(html: string): string {
  const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return html
    .replace(/<[^>]*>/gu, ' ')
    .replace(/&(?<name>amp|lt|gt|quot|#39);/gu, (whole, name: string) => entities[name] ?? whole);
}

/** Runs that are marked hidden, white, or smaller than anybody reads: their text. */
function hiddenRuns(xml: string): readonly string[] {
  const found: string[] = [];
  for (const [run] of xml.matchAll(/<w:r[ >].*?<\/w:r>/gsu)) {
    const size = Number(/<w:sz w:val="(?<half>\d+)"/u.exec(run)?.groups?.half ?? '24') / 2;
    const isHidden =
      /<w:(?:vanish|webHidden)(?:\s*\/?>|\s+w:val="(?:1|true|on)")/u.test(run) ||
      /<w:color [^>]*w:val="(?:FFFFFF|FEFEFE|FDFDFD)"/iu.test(run) ||
      size < LEAST_POINTS;
    const text = plainOf(
      [...run.matchAll(/<w:t[^>]*>(?<text>.*?)<\/w:t>/gsu)].map((t) => t.groups?.text ?? '').join(''),
    );
    if (isHidden && text.trim() !== '') found.push(text);
  }
  return found;
}

/** The main part of a DOCX; rejects a package that would unpack to more than a document can be. */
async function documentXml(buffer: Buffer): Promise<string> {
  const zip = await fromBufferPromise(buffer, { lazyEntries: true, validateEntrySizes: true });
  let unpacked = 0;
  let xml = '';
  for await (const entry of zip.eachEntry()) {
    unpacked += entry.uncompressedSize;
    if (unpacked > MOST_UNPACKED) throw new Error('the package unpacks to too much');
    // Read to its end: what a part says of its own size need not be true.
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(Buffer.from(chunk));
    if (entry.fileName === 'word/document.xml') xml = Buffer.concat(chunks).toString('utf8');
  }
  if (xml === '') throw new Error('no word/document.xml in the package');
  return xml;
}

const textItem = z.object({ str: z.string(), hasEOL: z.boolean(), transform: z.array(z.number()) });

async function readPdf(bytes: Uint8Array): Promise<readonly DocumentBlock[]> {
  const pdf = await getDocumentProxy(bytes, {
    stopAtErrors: true,
    useSystemFonts: false,
    verbosity: 0,
  });
  if (pdf.numPages > MOST_PAGES) throw new Error(`more than ${MOST_PAGES} pages`);
  const { OPS } = await getResolvedPDFJS();
  const blocks: DocumentBlock[] = [];
  let letters = 0;
  for (let number = 1; number <= pdf.numPages && letters < MOST_LETTERS; number++) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    const { fnArray, argsArray } = await page.getOperatorList();
    const isInvisible = fnArray.some(
      (operation, at) =>
        operation === OPS.setTextRenderingMode && [3, 7].includes(Number(argsArray[at]?.[0])),
    );
    let line = '';
    let height = 0;
    const end = (): void => {
      if (line.trim() !== '') blocks.push(lineBlock(line.trim(), height, isInvisible));
      line = '';
      height = 0;
    };
    for (const item of items) {
      const read = textItem.safeParse(item);
      if (!read.success) continue;
      const { str, hasEOL, transform } = read.data;
      letters += str.length;
      const points = Math.hypot(transform[2] ?? 0, transform[3] ?? 0);
      if (str.trim() !== '' && points < LEAST_POINTS) {
        blocks.push({ kind: 'paragraph', text: str, hidden: true });
        continue;
      }
      line += str;
      height = Math.max(height, points);
      if (hasEOL) end();
    }
    end();
    page.cleanup();
  }
  await pdf.cleanup();
  return joined(blocks);
}

interface PdfLine extends DocumentBlock {
  readonly points?: number;
}

/** A page that draws invisible text cannot be told apart from a scan with a layer of text: all of it is marked. */
function lineBlock(text: string, points: number, hidden: boolean): PdfLine {
  return { kind: 'paragraph', text, hidden, points };
}

/** Lines in clearly larger letters, short and without a full stop, are headings. */
function joined(lines: readonly PdfLine[]): readonly DocumentBlock[] {
  const sizes = lines
    .flatMap(({ points, hidden }) => (points === undefined || hidden ? [] : [points]))
    .sort((a, b) => a - b);
  const usual = sizes[Math.floor(sizes.length / 2)] ?? 0;
  return lines.map(({ text, hidden, points = 0 }) => ({
    kind: points > usual * 1.15 && text.length < 100 && !/[.।]$/u.test(text) ? 'heading' : 'paragraph',
    text,
    hidden,
  }));
}
