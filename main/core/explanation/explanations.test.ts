import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { NO_ALERTS } from '../../../app/alerting/alert.ts';
import { DEFAULT_ALERT_POLICY } from '../../../app/alerting/policy.ts';
import { evaluateBed } from '../../../app/alerting/transition.ts';
import type { TextPolicy } from '../../../app/explanation/explanation.ts';
import { completeFacts } from '../../../app/explanation/facts.ts';
import { IN_THE_BANKS_ORDER, readPhraseBank } from '../../../app/explanation/phrases.ts';
import { guardText } from '../../../app/explanation/verifier/verifier.ts';
import { scoreNews2 } from '../../../app/scoring/news2.ts';
import type { Store } from '../store/database.ts';
import {
  countingIds,
  NOON,
  openTestStore,
  silentLog,
  testClock,
  testFolder,
  testSealing,
} from '../testing/ports.ts';
import { MISSING, READY, type ScriptedEngine, scriptedEngine } from '../testing/scripted-engine.ts';
import { insertAlert, type KeptAlert, updateAlert } from '../ward/alerts-table.ts';
import { insertPatient } from '../ward/patients-table.ts';
import { createExplanations, type ExplanationPorts, type Explanations } from './explanations.ts';
import type { Explanation } from './explanations-table.ts';
import { whyQueries } from './why-handlers.ts';
import { writeApproved, writeExplanation } from './writing.ts';

const BANK = readPhraseBank(
  readFileSync(new URL('../../../resources/phrases/bank.json', import.meta.url), 'utf8'),
);
let policy: TextPolicy;

let folder: ReturnType<typeof testFolder>;
let store: Store;
let engine: ScriptedEngine;
let explanations: Explanations;
let seen: Explanation[];
let openAlerts: string[];
const sealing = testSealing();
const ids = countingIds();

beforeEach(() => {
  folder = testFolder();
  store = openTestStore(join(folder.path, 'ward.db'));
  engine = scriptedEngine();
  seen = [];
  policy = 'guided';
  openAlerts = [];
  store.transaction((write) =>
    insertPatient(
      write,
      sealing,
      {
        id: 'asha',
        name: 'Asha',
        identifier: 'M1',
        birthDate: null,
        sex: 'F',
        pregnant: false,
        spo2Scale: 1,
        demonstration: false,
      },
      NOON,
    ),
  );
  explanations = create();
});
afterEach(() => {
  explanations.close();
  store.close();
  folder.remove();
});

function create(more: Partial<ExplanationPorts> = {}): Explanations {
  return createExplanations({
    write: writeExplanation,
    writeApproved: async (...given) => writeApproved(...given),
    textPolicy: () => policy,
    approved: () => ({ bank: BANK, rank: IN_THE_BANKS_ORDER }),
    store,
    sealing,
    clock: testClock(),
    ids,
    engine,
    log: silentLog,
    language: () => 'en',
    passages: () => [],
    openAlerts: () => openAlerts,
    onChange: (explanation) => void seen.push(explanation),
    ...more,
  });
}

const VITALS = {
  high: { rr: 26, spo2: 92, on_oxygen: true, temp_c: 38.4, sbp: 95, hr: 118, acvpu: 'A' },
  medium: { rr: 22, spo2: 95, on_oxygen: false, temp_c: 38.4, sbp: 108, hr: 92, acvpu: 'A' },
} as const;

/** An alert as the ward fires it, with its rule text in the same transaction. */
function fire(priority: 'high' | 'medium'): KeptAlert {
  const vitals = VITALS[priority];
  const score = scoreNews2(vitals);
  const input = { at: new Date(NOON).toISOString(), score, mode: 'charted' as const, newId: ids.next };
  const [fired] = evaluateBed(NO_ALERTS, input, DEFAULT_ALERT_POLICY).transitions;
  if (fired === undefined) throw new Error('no alert fired');
  expect(fired.alert.priority).toBe(priority);
  const kept = { alert: fired.alert, patientId: 'asha', bed: 'B1', facts: { vitals, news2: score } };
  store.transaction((write) => {
    insertAlert(write, sealing, kept);
    explanations.record(write, kept);
  });
  openAlerts.push(fired.alert.id);
  explanations.begin(fired.alert.id);
  return kept;
}
async function ended(alertId: string): Promise<Explanation> {
  for (;;) {
    const now = explanations.ofAlert(alertId);
    if (now !== null && now.status !== 'queued' && now.status !== 'writing') return now;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test('rule text at once, then verified sentences in order, then the whole record', async () => {
  const { alert } = fire('high');
  expect(seen[0]).toMatchObject({ status: 'queued', sentences: [] });
  expect(seen[0]?.ruleText).toContain('26');
  const end = await ended(alert.id);
  expect(end).toMatchObject({ status: 'complete', reason: null, attempt: 1 });
  expect(end.model).toMatchObject({ name: 'Scripted' });
  expect(end.sentences).toHaveLength(end.planned);
  const counts = seen.map(({ sentences }) => sentences.length);
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
  const row = store.read.one(
    z.object({ plan: z.string(), prompt_hash: z.string(), engine_timing: z.string() }),
    'SELECT plan, prompt_hash, engine_timing FROM explanations WHERE id = ?',
    end.id,
  );
  expect(row?.prompt_hash).toMatch(/^[0-9a-f]{64}$/);
  expect(row?.plan).not.toContain('Asha');
});

test('what the verifier objects to is withheld on the screen and kept in the record', async () => {
  engine.script({ words: ' the patient definitely has sepsis; give 2 g ceftriaxone.' });
  const { alert } = fire('high');
  const end = await ended(alert.id);
  expect(end.status).toBe('complete');
  expect(end.sentences.every(({ verdict }) => verdict === 'withheld')).toBe(true);
  expect(end.sentences.map(({ text }) => text).join(' ')).not.toMatch(/sepsis|ceftriaxone|definitely/);
  expect(end.sentences[0]?.raw).toContain('ceftriaxone');
  expect(end.confidence).toBeNull();
});

test('an engine that hangs and ignores being cancelled costs its explanation and no other', async () => {
  explanations.close();
  explanations = create({ noProgressMs: 50 });
  engine.script('hang', { words: ' this needs to be looked at.' });
  const first = fire('high');
  const second = fire('medium');
  expect(await ended(first.alert.id)).toMatchObject({ status: 'rules-only', reason: 'engine-timeout' });
  expect(await ended(second.alert.id)).toMatchObject({ status: 'complete' });
});

test('an emergency is written while another explanation stands still; the others wait for theirs', async () => {
  engine.script({ hold: ' this needs to be looked at.' }, { words: ' this needs to be looked at.' });
  const running = fire('medium');
  const later = fire('medium');
  const urgent = fire('high');
  expect(await ended(urgent.alert.id)).toMatchObject({ status: 'complete' });
  engine.release();
  for (const { alert } of [later, running])
    expect(await ended(alert.id)).toMatchObject({ status: 'complete' });
  const ends = seen.flatMap(({ alertId, status }) => (status === 'complete' ? [alertId] : []));
  expect(ends).toEqual([urgent.alert.id, running.alert.id, later.alert.id]);
  expect(engine.asked.map(({ priority }) => priority)).toEqual(['background', 'emergency', 'background']);
  expect(await ended(running.alert.id)).toMatchObject({ attempt: 1, reason: null });
});

test('no model: the reason is told, and when one arrives the open alerts are written', async () => {
  engine.setStatus(MISSING);
  const { alert } = fire('high');
  const closedMeanwhile = fire('medium');
  expect(await ended(alert.id)).toMatchObject({ status: 'rules-only', reason: 'model-missing' });
  store.transaction((write) =>
    updateAlert(write, sealing, { ...closedMeanwhile.alert, version: 2, state: 'resolved' }),
  );
  openAlerts = [alert.id];
  engine.setStatus(READY);
  expect(await ended(alert.id)).toMatchObject({ status: 'complete' });
  expect(await ended(closedMeanwhile.alert.id)).toMatchObject({
    status: 'rules-only',
    reason: 'model-missing',
  });
});

test('a model that does not write the language of the ward is not called missing', async () => {
  explanations.close();
  explanations = create({ language: () => 'hi' });
  const { alert } = fire('high');
  expect(await ended(alert.id)).toMatchObject({ status: 'rules-only', reason: 'model-language' });
  if (READY.model === null) throw new Error('the ready engine has a model');
  engine.setStatus({ ...READY, model: { ...READY.model, languages: ['en', 'hi'] } });
  expect(await ended(alert.id)).toMatchObject({ language: 'hi', status: 'complete' });
});

test('an engine that fails is tried once more when it is back, and not for ever', async () => {
  engine.script('fail');
  const { alert } = fire('high');
  expect(await ended(alert.id)).toMatchObject({ status: 'rules-only', reason: 'engine-failed', attempt: 1 });
  engine.setStatus(READY);
  expect(await ended(alert.id)).toMatchObject({ status: 'rules-only', reason: 'engine-failed', attempt: 2 });
  engine.setStatus(READY);
  expect(engine.asked).toHaveLength(2);
});

test('a person stops the writing; what was verified stays, and a new one can be asked for', async () => {
  engine.script({ hold: ' this needs to be looked at.' }, { words: ' this needs to be looked at.' });
  const { alert } = fire('high');
  await new Promise((resolve) => setTimeout(resolve, 10));
  const stopped = store.transaction((write) => explanations.stop(write, alert.id));
  expect(stopped).toMatchObject({ ok: true, value: { status: 'stopped', reason: 'stopped-by-person' } });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await ended(alert.id)).toMatchObject({ status: 'stopped', reason: 'stopped-by-person' });
  expect(store.transaction((write) => explanations.stop(write, alert.id))).toMatchObject({
    error: { code: 'not-allowed-now' },
  });
  const again = store.transaction((write) => explanations.request(write, alert.id));
  expect(again).toMatchObject({ ok: true, value: { status: 'queued' } });
  explanations.begin(alert.id);
  expect(await ended(alert.id)).toMatchObject({ status: 'complete' });
});

test('a restart says what was interrupted and writes it once more where the alert is open', async () => {
  engine.script({ hold: ' this needs to be looked at.' });
  const { alert } = fire('high');
  const waiting = fire('high');
  await new Promise((resolve) => setTimeout(resolve, 10));
  explanations.close();
  await new Promise((resolve) => setTimeout(resolve, 10));

  engine = scriptedEngine({ ...MISSING, state: 'starting' });
  explanations = create();
  explanations.resume();
  expect(await ended(alert.id)).toMatchObject({ status: 'rules-only', reason: 'interrupted' });
  expect(await ended(waiting.alert.id)).toMatchObject({ status: 'rules-only', reason: 'interrupted' });
  engine.setStatus(READY);
  expect(await ended(alert.id)).toMatchObject({ status: 'complete', attempt: 2 });
  expect(await ended(waiting.alert.id)).toMatchObject({ status: 'complete', attempt: 1 });
});

test('asking for what is queued or being written changes nothing: it is written once', async () => {
  engine.script({ hold: ' this needs to be looked at.' }, { words: ' this needs to be looked at.' });
  const running = fire('medium');
  const waiting = fire('medium');
  for (const { alert } of [running, waiting]) {
    expect(store.transaction((write) => explanations.request(write, alert.id)).ok).toBe(true);
    explanations.begin(alert.id);
  }
  engine.release();
  expect(await ended(running.alert.id)).toMatchObject({ status: 'complete', attempt: 1 });
  expect(await ended(waiting.alert.id)).toMatchObject({ status: 'complete', attempt: 1 });
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(engine.asked).toHaveLength(2);
});

/** From now on no change of an explanation can be written. */
function fillDisk(): void {
  store.transaction((write) =>
    write.run(
      `CREATE TRIGGER full BEFORE UPDATE ON explanations BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`,
    ),
  );
}
const shownOf = (alertId: string) => seen.findLast((one) => one.alertId === alertId);

test('a writing that fails to be kept ends as the rule text, and the next one has its turn', async () => {
  const logged: string[] = [];
  explanations.close();
  explanations = create({ log: (_, event) => void logged.push(event) });
  fillDisk();
  const first = fire('high');
  const second = fire('high');
  await expect.poll(() => shownOf(second.alert.id)?.status).toBe('rules-only');
  expect(shownOf(first.alert.id)).toMatchObject({ status: 'rules-only', reason: 'engine-failed' });
  expect(logged).toContain('explanation-failed');
  expect(logged).toContain('explanation-not-kept');
});

test('a store that fails ends neither the start, nor a model’s arrival, nor a queue', async () => {
  engine.script({ hold: ' this needs to be looked at.' }, { words: ' this needs to be looked at.' });
  fire('medium');
  const waiting = fire('medium');
  store.transaction((write) =>
    updateAlert(write, sealing, { ...waiting.alert, version: 2, state: 'resolved' }),
  );
  fillDisk();
  engine.release();
  await expect.poll(() => shownOf(waiting.alert.id)?.reason).toBe('superseded');
  explanations.close();
  explanations = create();
  expect(() => explanations.resume()).not.toThrow();
  expect(() => engine.setStatus(READY)).not.toThrow();
});

test('asking while no model can write says so', () => {
  engine.setStatus(MISSING);
  const { alert } = fire('high');
  expect(store.transaction((write) => explanations.request(write, alert.id))).toEqual({
    ok: false,
    error: { code: 'engine-unavailable', parameters: { reason: 'model-missing' } },
  });
});

async function endedAt(alertId: string, depth: 'doctor' | 'education'): Promise<Explanation> {
  for (;;) {
    const now = explanations.ofAlert(alertId, depth);
    if (now !== null && now.status !== 'queued' && now.status !== 'writing') return now;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test('withheld words give way to an approved phrase, which says what it is', async () => {
  engine.script({ words: ' the patient has sepsis.' });
  const { sentences, facts } = await ended(fire('high').alert.id);
  expect(sentences.map(({ source, verdict }) => `${source} ${verdict}`)).toEqual(
    sentences.map(() => 'approved withheld'),
  );
  for (const { text, raw } of sentences) {
    expect(raw).toBe(' the patient has sepsis.');
    expect(guardText(completeFacts(facts), text).findings).toEqual([]);
  }
});

test('a site that wants approved phrases only never asks the model', async () => {
  policy = 'approved';
  const end = await ended(fire('high').alert.id);
  expect(engine.asked).toHaveLength(0);
  expect(end).toMatchObject({ status: 'complete', text: 'approved', model: null, confidence: null });
  expect(end.sentences.every(({ source }) => source === 'approved')).toBe(true);
});

test('free sentences are shown one by one as they pass, and no other', async () => {
  policy = 'free';
  engine.script({ words: ' The readings may need attention.' });
  const good = await ended(fire('high').alert.id);
  expect(good.sentences.every(({ source, verdict }) => source === 'free' && verdict === 'shown')).toBe(true);
  engine.script({ words: ' The patient is stable and needs no review.' });
  const bad = await ended(fire('medium').alert.id);
  expect(bad.sentences.some(({ verdict }) => verdict === 'shown')).toBe(false);
  expect(bad.sentences.some(({ text }) => text.includes('stable'))).toBe(false);
});

test('no model: approved phrases stand beside the reason', async () => {
  engine.setStatus(MISSING);
  const { alert } = fire('high');
  await new Promise((resolve) => setTimeout(resolve, 20));
  const now = explanations.ofAlert(alert.id);
  expect(now).toMatchObject({ status: 'rules-only', reason: 'model-missing', attempt: 0 });
  expect(now?.sentences.length).toBe(now?.planned);
  expect(now?.sentences.every(({ source }) => source === 'approved')).toBe(true);
});

test('a depth is asked for behind the alert’s own explanation, and each has its own', async () => {
  const { alert } = fire('high');
  const bedside = await ended(alert.id);
  for (const depth of ['doctor', 'education'] as const) {
    store.transaction((write) => explanations.request(write, alert.id, { depth }));
    explanations.begin(alert.id, depth);
    const deeper = await endedAt(alert.id, depth);
    expect(deeper).toMatchObject({ status: 'complete', depth });
    expect(deeper.sentences.some(({ source }) => source === 'rule')).toBe(depth === 'education');
  }
  expect(engine.asked.map(({ priority }) => priority)).toEqual(['emergency', 'background', 'background']);
  expect(explanations.ofAlert(alert.id)?.id).toBe(bedside.id);
  // Another one on request is another row, and waits too.
  store.transaction((write) => explanations.request(write, alert.id, { again: true }));
  explanations.begin(alert.id);
  const again = await ended(alert.id);
  expect(again.id).not.toBe(bedside.id);
  expect(engine.asked.at(-1)?.priority).toBe('background');
});

test('why a sentence stands there is told without identity, and the same words come again', async () => {
  const { id, sentences } = await ended(fire('high').alert.id);
  const why = whyQueries({ store, sealing, engine });
  const call = {
    sequence: 0,
    session: { person: () => null, signedIn: () => undefined, signedOut: () => undefined },
  };
  const told = await why['explanation.why']({ explanationId: id }, call);
  if (!told.ok) throw new Error(told.error.code);
  expect(told.value.literals).toHaveLength(sentences.length);
  expect(told.value.literals[0]).toMatch(/:$/);
  expect(told.value.sampling).toMatchObject({ seed: 1, temperature: 0 });
  expect(JSON.stringify(told.value)).not.toMatch(/Asha|M1/);

  const same = await why['explanation.replay']({ explanationId: id }, call);
  expect(same).toMatchObject({ ok: true, value: { sameModel: true, different: [] } });
  engine.script({ words: ' something else.' });
  const other = await why['explanation.replay']({ explanationId: id }, call);
  expect(other.ok && other.value.different).toEqual(sentences.map((_, place) => place));
});
