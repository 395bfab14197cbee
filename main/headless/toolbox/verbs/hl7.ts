import { readFileSync } from 'node:fs';
import { acknowledgementCode } from '../../../../app/observation/hl7/acknowledgement.ts';
import { lineOf, lineOfFault, type MessageLine } from '../../../../app/observation/hl7/line.ts';
import { parseMessage, splitBatch, valueAt } from '../../../../app/observation/hl7/message.ts';
import { readOru } from '../../../../app/observation/hl7/oru.ts';
import { decodeHl7Bytes } from '../../../core/intake/hl7-charset.ts';
import { createFramer } from '../../../core/intake/mllp-framing.ts';
import { fileProblem } from '../file-problem.ts';
import { writeLine } from '../json-lines.ts';
import { UsageError, type Verb } from '../verb.ts';

/** MLLP's start of a block: a file that has one is a stream of frames. */
const FRAME_START = 0x0b;
const STANDARD_INPUT = '-';

export const hl7: Verb = {
  summary: 'what a message, batch or raw MLLP stream says, one line a message',
  help: 'In: files (- for standard input), each a message, a batch or a raw MLLP stream.\nOut: one line a message: acknowledgement, patient, observations, what was unavailable, ambiguous or rejected and why.\n--received ISO-TIME  when the messages are taken as received (default: now)',
  options: { received: { type: 'string' } },
  async run({ files, options }) {
    const received = typeof options.received === 'string' ? options.received : new Date().toISOString();
    if (Number.isNaN(Date.parse(received)))
      throw new UsageError('--received needs a time, say 2026-03-01T08:00:00Z.');
    let status = 0;
    for (const file of files.length === 0 ? [STANDARD_INPUT] : files) {
      let bytes: Buffer;
      try {
        bytes = readFileSync(file === STANDARD_INPUT ? 0 : file);
      } catch (error) {
        status = 1;
        await writeLine({
          file,
          error: { code: 'unreadable', message: fileProblem(error, file) ?? String(error) },
        });
        continue;
      }
      for (const text of messagesOf(bytes)) {
        const line = text.ok ? readText(text.text, received) : lineOfFault(text.fault, null, 'AR');
        if (line.ack !== 'AA' && line.ack !== 'CA') status = 1;
        await writeLine({ file, ...line });
      }
    }
    return status;
  },
};

type Framed = { ok: true; text: string } | { ok: false; fault: string };

/** The texts in a file: of each frame where it is a stream, of the file itself where it is not. */
function messagesOf(bytes: Buffer): Framed[] {
  if (!bytes.includes(FRAME_START))
    return splitBatch(decodeHl7Bytes(bytes).text).messages.map((text) => ({ ok: true, text }));
  return createFramer()
    .push(bytes)
    .flatMap((event): Framed[] => {
      if (event.kind === 'frame')
        return splitBatch(decodeHl7Bytes(event.bytes).text).messages.map((text) => ({ ok: true, text }));
      return event.kind === 'junk' ? [] : [{ ok: false, fault: event.kind }];
    });
}

function readText(text: string, receivedAt: string): MessageLine {
  const parsed = parseMessage(text);
  if (!parsed.ok) {
    const controlId = parsed.header === null ? null : valueAt(parsed.header, 10);
    return lineOfFault(parsed.fault, controlId, acknowledgementCode(parsed.header, 'refused'));
  }
  const reading = readOru(parsed.message, { receivedAt });
  return lineOf(
    reading,
    acknowledgementCode(parsed.message.header, reading.refusal === null ? 'accepted' : 'refused'),
  );
}
