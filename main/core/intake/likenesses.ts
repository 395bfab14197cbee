/** The likenesses of the messages that the ward's monitors send, so that each is read in full only now and then. */
import { type Likeness, likenessOf, readByLikeness } from '../../../app/observation/hl7/likeness.ts';
import type { Message, Segment } from '../../../app/observation/hl7/message.ts';
import type { OruReading, ReadingOptions } from '../../../app/observation/hl7/oru.ts';

/** What is known of the sender of messages that are alike. */
export interface AlikeSender {
  readonly sender: string;
  readonly device: string;
  readonly charset: 'utf-8' | 'iso-8859-1';
}

export interface Likenesses {
  /** What a message says that is like an earlier one, as reading it in full would tell; null where it is like none. */
  read(
    text: string,
    optionsOf: (sender: AlikeSender) => ReadingOptions,
  ): { readonly header: Segment; readonly reading: OruReading; readonly from: AlikeSender } | null;
  /** A message that was read in full. */
  learn(
    text: string,
    message: Message,
    reading: OruReading,
    options: ReadingOptions,
    from: AlikeSender,
  ): void;
}

interface Known {
  readonly likeness: Likeness;
  readonly from: AlikeSender;
}
interface Patient {
  known: readonly Known[];
  /** Messages since the last that was like one of them. */
  unlike: number;
}

/** Patients whose messages are remembered: a full ward four times over. What is held stays under 16 MB. Ours. */
const MOST_PATIENTS = 256;
/** Messages of different makings for one patient: a monitor's, its cuff's, a ventilator's. Ours. */
const MOST_OF_PATIENT = 3;
/** Letters by which a patient's messages are found again; longer headings no monitor sends. */
const LONGEST_HEADING = 1024;

export function createLikenesses(): Likenesses {
  const patients = new Map<string, Patient>();
  return {
    read: (text, optionsOf) => {
      const patient = patients.get(headingOf(text));
      if (patient === undefined) return null;
      for (const { likeness, from } of patient.known) {
        const read = readByLikeness(text, likeness, optionsOf(from));
        if (read === null) continue;
        patient.unlike = 0;
        return { ...read, from };
      }
      return null;
    },
    learn: (text, message, reading, options, from) => {
      const heading = headingOf(text);
      if (heading === '' || heading.length > LONGEST_HEADING) return;
      let patient = patients.get(heading);
      if (patient === undefined) {
        if (patients.size >= MOST_PATIENTS) patients.clear();
        patient = { known: [], unlike: 0 };
        // Letters of its own: a piece of the message's text would keep all of the message in memory.
        patients.set(Buffer.from(heading, 'latin1').toString('latin1'), patient);
      }
      patient.unlike += 1;
      // A message that comes once is not worth it, and of a sender whose messages are never alike fewer and fewer are.
      if (!isPowerOfTwo(patient.unlike) || patient.unlike === 1) return;
      const likeness = likenessOf(text, message, reading, options);
      if (likeness === null) return;
      patient.known = [{ likeness, from }, ...patient.known].slice(0, MOST_OF_PATIENT);
    },
  };
}

/** What stands between the header and the first order or value: who the message is about. '' where there is none. */
function headingOf(text: string): string {
  const from = text.indexOf('\r');
  const end = text.indexOf('\rOB', from);
  return from < 0 || end < 0 ? '' : text.slice(from, end);
}

function isPowerOfTwo(count: number): boolean {
  return (count & (count - 1)) === 0;
}
