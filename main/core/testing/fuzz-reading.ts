/** The reading half of the intake on any bytes: what a monitor sent, up to the sets that would be committed. */
import { parseMessage } from '../../../app/observation/hl7/message.ts';
import { readOru } from '../../../app/observation/hl7/oru.ts';
import { siteZone } from '../../../app/observation/hl7/site-zone.ts';
import { FAR_FUTURE_MS } from '../../../app/observation/hl7/time.ts';
import { NUMERIC_VITALS, VITAL_RANGES, type VitalValues } from '../../../app/observation/vital.ts';
import { batchOf } from '../intake/hl7-batch.ts';
import { decodeHl7Bytes } from '../intake/hl7-charset.ts';
import { messageSets } from '../intake/message-sets.ts';
import { createFramer } from '../intake/mllp-framing.ts';

/** A zone with summer time, so that the hour that never was is met. */
const ZONE = siteZone('Europe/Berlin');

export interface FuzzAccount {
  frames: number;
  messages: number;
  values: number;
  withdrawn: number;
}

/** Reads bytes off a wire; returns what is wrong with what was made of them, each as one line. */
export function readFuzzed(wire: Uint8Array, receivedMs: number, account: FuzzAccount): string[] {
  const framer = createFramer();
  const wrong: string[] = [];
  for (const event of [...framer.push(wire), ...framer.end()]) {
    if (event.kind !== 'frame') continue;
    account.frames += 1;
    for (const bytes of batchOf(event.bytes)?.messages ?? [event.bytes]) {
      const parsed = parseMessage(decodeHl7Bytes(bytes).text);
      if (!parsed.ok) continue;
      account.messages += 1;
      const receivedAt = new Date(receivedMs).toISOString();
      const { taken, withdrawn, ambiguous } = readOru(parsed.message, {
        receivedAt,
        ...(ZONE === null ? {} : { siteZone: ZONE }),
      });
      account.values += taken.length;
      account.withdrawn += withdrawn.length;
      for (const set of messageSets(taken, 'FUZZ', receivedAt, { withdrawn, ambiguous }))
        wrong.push(...wrongWith(set.values, Date.parse(set.observedAt), receivedMs));
    }
  }
  return wrong;
}

/** What no accepted set may be: outside of what a living adult can have, or later than its receipt allows. */
export function wrongWith(values: VitalValues, observedMs: number, receivedMs: number): string[] {
  const wrong: string[] = [];
  for (const vital of NUMERIC_VITALS) {
    const value = values[vital];
    if (value === undefined) continue;
    const { least, most } = VITAL_RANGES[vital];
    if (!(value >= least && value <= most)) wrong.push(`${vital} ${value} is outside of ${least} to ${most}`);
  }
  if (!(observedMs <= receivedMs + FAR_FUTURE_MS))
    wrong.push(`observed ${observedMs - receivedMs} ms after its receipt`);
  return wrong;
}
