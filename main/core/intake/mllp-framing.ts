/**
 * MLLP (HL7 "Minimal Lower Layer Protocol"): VT, the message, FS, CR. Bytes go in as they come off a socket, in
 * any pieces; events come out, the same events for any splitting of the same bytes.
 *
 * A frame ends at its FS: some senders leave the CR out and wait for the answer. A VT inside an unfinished frame
 * begins a new one (neither VT nor FS can stand in HL7 text), so a half frame costs only itself.
 */
const START_BLOCK = 0x0b;
const END_BLOCK = 0x1c;
const CARRIAGE_RETURN = 0x0d;
const LINE_FEED = 0x0a;

/** Largest message taken. Ours; the largest bedside messages seen are waveforms of some 100 KiB. */
export const MAX_FRAME_BYTES = 1024 * 1024;
/** As much of an oversized frame as is kept: enough to hold its MSH, for a negative acknowledgement. */
const HEAD_BYTES = 4096;
/** As much of stray bytes as is kept for whoever looks into it. */
const JUNK_SAMPLE_BYTES = 64;

export type FramingEvent =
  | { readonly kind: 'frame'; readonly bytes: Uint8Array }
  /** Bytes outside of any frame, reported when the next frame begins or the stream ends. */
  | { readonly kind: 'junk'; readonly byteCount: number; readonly sample: Uint8Array }
  /** A frame over the limit, reported once, at its end. `head` is its beginning. */
  | { readonly kind: 'oversized'; readonly byteCount: number; readonly head: Uint8Array }
  /** A frame that was broken off by the next one or by the end of the stream. */
  | { readonly kind: 'unfinished'; readonly bytes: Uint8Array };

export interface Framer {
  /** Takes bytes as they came. The array is copied from; it may be reused afterwards. */
  push(chunk: Uint8Array): FramingEvent[];
  /** The stream has ended, or the frame took too long: what was open is reported, and the framer starts anew. */
  end(): FramingEvent[];
  /** True between a VT and its FS: the listener gives such a frame 10 s. */
  readonly hasUnfinished: boolean;
  /** Bytes of the unfinished frame so far, also those of an oversized one that were not kept. */
  readonly unfinishedBytes: number;
  /** Bytes since the last frame that belonged to none: a peer that sends only these speaks no MLLP. */
  readonly junkBytes: number;
}

/** A growing run of bytes with an upper limit of what it keeps; it counts on beyond. */
function createRun(limit: number) {
  let kept = new Uint8Array(0);
  let used = 0;
  let count = 0;
  return {
    get count(): number {
      return count;
    },
    add(bytes: Uint8Array): void {
      count += bytes.length;
      const part = bytes.subarray(0, Math.max(0, limit - used));
      if (used + part.length > kept.length) {
        const larger = new Uint8Array(Math.min(limit, Math.max(512, 2 * kept.length, used + part.length)));
        larger.set(kept.subarray(0, used));
        kept = larger;
      }
      kept.set(part, used);
      used += part.length;
    },
    take(): Uint8Array {
      const bytes = kept.slice(0, used);
      kept = new Uint8Array(0);
      used = 0;
      count = 0;
      return bytes;
    },
  };
}

const NOTHING = new Uint8Array(0);

/** A framer for one connection. `maxFrameBytes` counts the message without VT, FS and CR. */
export function createFramer(options: { readonly maxFrameBytes?: number } = {}): Framer {
  const maxFrameBytes = options.maxFrameBytes ?? MAX_FRAME_BYTES;
  const frame = createRun(maxFrameBytes);
  const junk = createRun(JUNK_SAMPLE_BYTES);
  let inFrame = false;

  /** `last` is the part of the frame that has not been added yet. */
  function closeFrame(kind: 'frame' | 'unfinished', last: Uint8Array): FramingEvent {
    inFrame = false;
    // A frame that lies in one piece is copied once: the socket's buffer may be used again.
    if (frame.count === 0 && last.length <= maxFrameBytes) return { kind, bytes: Buffer.from(last) };
    frame.add(last);
    const byteCount = frame.count;
    const bytes = frame.take();
    if (byteCount > maxFrameBytes) return { kind: 'oversized', byteCount, head: bytes.slice(0, HEAD_BYTES) };
    return { kind, bytes };
  }

  function closeJunk(): FramingEvent[] {
    const byteCount = junk.count;
    const sample = junk.take();
    return byteCount === 0 ? [] : [{ kind: 'junk', byteCount, sample }];
  }

  /** Between frames: line ends are harmless padding, everything else up to the next VT is junk. */
  function addJunk(bytes: Uint8Array): void {
    let from = 0;
    for (let at = 0; at <= bytes.length; at += 1) {
      const byte = bytes[at];
      if (byte !== CARRIAGE_RETURN && byte !== LINE_FEED && byte !== undefined) continue;
      if (at > from) junk.add(bytes.subarray(from, at));
      from = at + 1;
    }
  }

  function push(chunk: Uint8Array): FramingEvent[] {
    const events: FramingEvent[] = [];
    let from = 0;
    // Outside of a frame only a start is looked for, inside the nearer of an end and a new start.
    let start = chunk.indexOf(START_BLOCK);
    let end = chunk.indexOf(END_BLOCK);
    for (;;) {
      if (start >= 0 && start < from) start = chunk.indexOf(START_BLOCK, from);
      if (end >= 0 && end < from) end = chunk.indexOf(END_BLOCK, from);
      const isEnd = inFrame && end >= 0 && (start < 0 || end < start);
      const at = isEnd ? end : start;
      if (at < 0) break;
      const before = chunk.subarray(from, at);
      from = at + 1;
      if (inFrame) events.push(closeFrame(isEnd ? 'frame' : 'unfinished', before));
      else {
        addJunk(before);
        events.push(...closeJunk());
      }
      inFrame = !isEnd;
    }
    const rest = chunk.subarray(from);
    if (inFrame) frame.add(rest);
    else addJunk(rest);
    return events;
  }

  return {
    push,
    end: () => (inFrame ? [closeFrame('unfinished', NOTHING)] : closeJunk()),
    get hasUnfinished() {
      return inFrame;
    },
    get unfinishedBytes() {
      return inFrame ? frame.count : 0;
    },
    get junkBytes() {
      return junk.count;
    },
  };
}

/** The bytes of a frame around a message's text, in UTF-8 unless the message announced another character set. */
export function encodeFrame(text: string, charset: 'utf-8' | 'iso-8859-1' = 'utf-8'): Uint8Array {
  // Neither block sign can stand in HL7 text; one that slipped in would break the frame for the receiver.
  const safe =
    text.includes('\v') || text.includes('\u001C')
      ? text.replaceAll('\v', '').replaceAll('\u001C', '')
      : text;
  return Buffer.from(`\v${safe}\u001C\r`, charset === 'utf-8' ? 'utf8' : 'latin1');
}
