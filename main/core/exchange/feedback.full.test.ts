/** A data set that leaves a ward by the exchange. */
import { verify } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { feedbackBundleSchema, feedbackText } from '../../../app/learning/exchange/feedback-bundle.ts';
import { silentLog, testFolder } from '../testing/ports.ts';
import { granted, startCore } from '../testing/running-core.ts';

let folder: ReturnType<typeof testFolder>;
beforeEach(() => {
  folder = testFolder();
});
afterEach(() => folder.remove());

test('an approved data set leaves signed: whoever receives it can tell whose it is', {
  timeout: 120_000,
}, async () => {
  const share = join(folder.path, 'share');
  mkdirSync(share);
  const home = join(folder.path, 'ward');
  mkdirSync(home);
  const ward = await startCore(home, { log: silentLog });
  try {
    const admin = ward.terminal();
    const administrator = { name: 'A', pin: '1234' };
    granted(await admin.command('ward.set-up', { wardName: 'ICU', language: 'en', administrator }));
    const [person] = granted(await admin.query('ward.snapshot', {})).people;
    granted(await admin.command('session.sign-in', { personId: person?.id ?? '', pin: '1234' }));
    granted(await admin.command('exchange.save', { place: { kind: 'folder', folder: share }, secrets: {} }));
    granted(await admin.command('data-set.build', { seed: 5, synthetic: 20 }));
    const dataSet = await (async () => {
      for (;;) {
        const { dataSets, problem } = granted(await admin.query('data-set.state', {}));
        if (problem !== null) throw new Error(problem);
        if (dataSets[0] !== undefined) return dataSets[0];
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    })();
    const { id, sha256 } = dataSet;
    expect(await admin.command('exchange.send', { id })).toMatchObject({
      error: { parameters: { reason: 'data-set-not-approved' } },
    });
    granted(await admin.command('data-set.approve', { id, sha256 }));
    const { bundle } = granted(await admin.command('exchange.send', { id }));
    const there = join(share, 'feedback', bundle);
    const sent = feedbackBundleSchema.parse(JSON.parse(readFileSync(join(there, 'sent.json'), 'utf8')));
    expect(sent.statement).toMatchObject({ dataSet: id, manifest: sha256 });
    const key = { key: Buffer.from(sent.publicKey, 'base64'), format: 'der', type: 'spki' } as const;
    const text = Buffer.from(feedbackText(sent.statement));
    expect(verify(null, text, key, Buffer.from(sent.signature, 'base64'))).toBe(true);
    // Nothing of it stays in between.
    expect(readdirSync(home).filter((name) => name.startsWith('exchange-'))).toEqual([]);
  } finally {
    await ward.core.close();
  }
});
