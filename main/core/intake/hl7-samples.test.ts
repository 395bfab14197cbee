/** Whole messages from their bytes to their readings: our own of every shape, and a site's where it has some. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { acknowledgementCode } from '../../../app/observation/hl7/acknowledgement.ts';
import { lineOf, lineOfFault, type MessageLine } from '../../../app/observation/hl7/line.ts';
import { parseMessage, splitBatch } from '../../../app/observation/hl7/message.ts';
import { readOru } from '../../../app/observation/hl7/oru.ts';
import { decodeHl7Bytes } from './hl7-charset.ts';
import { createFramer } from './mllp-framing.ts';

const RECEIVED_AT = '2026-12-01T00:00:00+00:00';
const START_BLOCK = 0x0b;

function readMessage(text: string, receivedAt: string): MessageLine {
  const parsed = parseMessage(text);
  if (!parsed.ok) return lineOfFault(parsed.fault, null, acknowledgementCode(parsed.header, 'refused'));
  const reading = readOru(parsed.message, { receivedAt });
  const ack = acknowledgementCode(parsed.message.header, reading.refusal === null ? 'accepted' : 'refused');
  return lineOf(reading, ack);
}

function readFile(path: string, receivedAt = RECEIVED_AT): MessageLine[] {
  const raw = readFileSync(path);
  const framer = createFramer();
  const events = raw.includes(START_BLOCK)
    ? [...framer.push(raw), ...framer.end()]
    : [{ kind: 'frame' as const, bytes: raw }];
  return events.flatMap((event) =>
    event.kind === 'frame'
      ? splitBatch(decodeHl7Bytes(event.bytes).text).messages.map((text) => readMessage(text, receivedAt))
      : [],
  );
}

describe('our own messages', () => {
  const folder = fileURLToPath(new URL('../../../app/observation/hl7/fixtures/', import.meta.url));
  const names = readdirSync(folder).filter((name) => name.endsWith('.hl7'));
  const expected: unknown = JSON.parse(readFileSync(`${folder}expected.json`, 'utf8'));
  const byName = z.record(z.string(), z.unknown()).parse(expected);

  it('are all described', () => {
    expect(names.map((name) => name.slice(0, -4)).sort()).toEqual(Object.keys(byName).sort());
  });

  it.each(names)('%s reads as described, nothing more and nothing less', (name) => {
    const lines = readFile(`${folder}${name}`, '2025-06-20T00:00:00+00:00').map((line) => ({
      ...line,
      observations: line.observations.map((one) => [
        one.vital,
        one.value,
        one.unit,
        one.observed_at,
        one.source,
      ]),
      rejected: line.rejected.map((one) => [one.code, one.value, one.reason]),
    }));
    expect(lines).toEqual(byName[name.slice(0, -4)]);
  });
});

const SAMPLES = fileURLToPath(new URL('../../../../shared/data/hl7/', import.meta.url));
const sampleSchema = z.record(
  z.string(),
  z.object({
    patient_id: z.string().nullable().optional(),
    bed: z.string().optional(),
    time: z.string().optional(),
    vitals: z.record(z.string(), z.union([z.number(), z.boolean(), z.array(z.number())])).optional(),
    unavailable: z.array(z.string()).optional(),
    reject: z.array(z.string()).optional(),
    messages: z.number().optional(),
  }),
);

/** True values that the description leaves out: a central venous pressure and an arterial pulse are vitals here. */
const LEFT_OUT: { readonly [name: string]: { readonly [vital: string]: readonly number[] } } = {
  '15_ge_b1x5_pcd01_mllp_v26': { cvp: [8] },
  '17_ihe_pcd01_awaregateway_ucum_crlf_v26': { pulse_art: [60] },
};

/** Temperatures are kept to a tenth, as the chart does; the description gives one to a hundredth. */
function kept(vital: string, value: unknown): unknown {
  return vital === 'temp_c' && typeof value === 'number' ? Math.round(value * 10) / 10 : value;
}

function valuesByVital(pairs: readonly (readonly [string, unknown])[]): Map<string, unknown[]> {
  const all = new Map<string, unknown[]>();
  for (const [vital, value] of pairs) {
    const values = all.get(vital) ?? [];
    if (!values.includes(value)) values.push(value);
    all.set(vital, values);
  }
  return new Map([...all].sort(([a], [b]) => a.localeCompare(b)));
}

describe.skipIf(!existsSync(SAMPLES))('a site’s messages', () => {
  const described = existsSync(SAMPLES)
    ? sampleSchema.parse(JSON.parse(readFileSync(`${SAMPLES}expected.json`, 'utf8')))
    : {};
  const names = Object.keys(described);

  it('are all there', () => {
    const files = readdirSync(SAMPLES).filter((name) => name.endsWith('.hl7'));
    expect(files.map((name) => name.slice(0, -4)).sort()).toEqual([...names].sort());
  });

  it.each(names)('%s: every value that is described and no other', (name) => {
    const sample = described[name];
    if (sample === undefined) throw new Error(name);
    const lines = readFile(`${SAMPLES}${name}.hl7`);
    expect(lines).toHaveLength(sample.messages ?? 1);
    if (sample.vitals !== undefined) {
      const wanted = Object.entries(sample.vitals).flatMap(([vital, values]) =>
        (Array.isArray(values) ? values : [values]).map((value): [string, unknown] => [
          vital,
          kept(vital, value),
        ]),
      );
      const extra = Object.entries(LEFT_OUT[name] ?? {}).flatMap(([vital, values]) =>
        values.map((value): [string, unknown] => [vital, value]),
      );
      const got = lines.flatMap(({ observations }) =>
        observations.map(({ vital, value }): [string, unknown] => [vital, value]),
      );
      expect(valuesByVital(got)).toEqual(valuesByVital([...wanted, ...extra]));
    }
    const [line] = lines;
    if (line === undefined) throw new Error(name);
    if (sample.patient_id !== undefined) {
      expect(line.patient.id).toBe(
        sample.patient_id === null ? null : (sample.patient_id.split(' ')[0] ?? ''),
      );
      expect(line.held).toBe(sample.patient_id === null && line.ack !== 'AR');
    }
    if (sample.bed !== undefined) expect(line.patient.bed).toBe(sample.bed);
    const time = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:[+-]\d{2}:\d{2})?/.exec(sample.time ?? '')?.[0];
    if (time !== undefined)
      expect([...new Set(line.observations.map((one) => one.observed_at))]).toEqual([time]);
    const unavailable = (sample.unavailable ?? []).filter((text) => /^[a-z0-9_]+$/.test(text));
    expect([...line.unavailable].sort()).toEqual([...unavailable].sort());
    expect(line.rejected.length).toBe(sample.reject?.length ?? 0);
  });

  it.each(names)('%s: every value names the sensor it came from', (name) => {
    // An oracle of its own: fields cut at every bar, without any of the program's parsing.
    const told = new Set(
      readFileSync(`${SAMPLES}${name}.hl7`, 'latin1')
        .split(/[\r\n]+/)
        .filter((line) => line.startsWith('OBX|'))
        .map((line) => line.split('|')[4] ?? ''),
    );
    const sources = readFile(`${SAMPLES}${name}.hl7`).flatMap(({ observations }) =>
      observations.map(({ source }) => source),
    );
    for (const source of sources) expect(told).toContain(source ?? '');
    if (!told.has('')) expect(sources).not.toContain(null);
  });

  it.skipIf(!names.some((name) => name.startsWith('30_')))('a batch reads as its messages do alone', () => {
    const alone = names
      .filter((name) => name.startsWith('20_') || name.startsWith('09_'))
      .sort((a, b) => b.localeCompare(a))
      .flatMap((name) => readFile(`${SAMPLES}${name}.hl7`));
    const batch = names
      .filter((name) => name.startsWith('30_'))
      .flatMap((name) => readFile(`${SAMPLES}${name}.hl7`));
    expect(alone).toHaveLength(2);
    expect(batch).toEqual(alone);
  });
});
