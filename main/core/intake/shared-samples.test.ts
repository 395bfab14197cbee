/** Real-shaped messages that are not part of this repository: tested through the whole core where they are present. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from '../testing/ports.ts';
import { connectSender, framed, granted, oruText, startCore } from '../testing/running-core.ts';
import { batchOf } from './hl7-batch.ts';

const SAMPLES = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data', 'hl7');

test.skipIf(!existsSync(SAMPLES))(
  'every sample is answered, and none of them shows an old value as current or rings an alarm',
  { timeout: 60_000 },
  async () => {
    const folder = testFolder();
    const one = await startCore(folder.path);
    const sender = await connectSender(one.port);
    const different = new Set<string>();
    for (const file of readdirSync(SAMPLES).filter((name) => name.endsWith('.hl7'))) {
      const bytes = readFileSync(join(SAMPLES, file));
      const isFramed = bytes[0] === 0x0b;
      const frame = isFramed ? bytes.subarray(1, bytes.indexOf(0x1c)) : bytes;
      sender.write(isFramed ? bytes : Buffer.concat([Buffer.from('\x0b'), bytes, Buffer.from('\x1c\r')]));
      // A batch has an answer for each of its messages.
      for (const message of batchOf(frame)?.messages ?? [frame]) {
        expect(await sender.answer(), file).toMatch(/MSA\|(AA|AE|AR|CA|CE|CR)\|/);
        different.add(Buffer.from(message).toString('latin1'));
      }
    }
    const { beds, alerts, system } = granted(await one.terminal().query('ward.snapshot', {}));
    // Each is counted once: the batch repeats two of the samples, which are answered again and kept once.
    expect(system.intake.accepted + system.intake.held + system.intake.refused).toBe(different.size);
    for (const { score, patient } of beds)
      expect(['applicable' in score || !score.complete, patient.id]).toEqual([true, patient.id]);
    expect(alerts).toEqual([]);
    sender.write(framed(oruText({ controlId: 'AFTER' })));
    expect(await sender.answer()).toContain('MSA|AA|AFTER');
    sender.end();
    await one.core.close();
    folder.remove();
  },
);
