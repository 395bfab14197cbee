/** Who is who and where: what is asked back, what is held for a person, and what a person decides about it. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { CommandParams } from '../../../app/contract/contract.ts';
import { RECORD_FILE } from '../open-record.ts';
import { openTestStore, testClock, testFolder } from '../testing/ports.ts';
import {
  connectSender,
  framed,
  granted,
  oruText,
  type RunningCore,
  type Sender,
  startCore,
  type TestTerminal,
} from '../testing/running-core.ts';

let folder: ReturnType<typeof testFolder>;
let one: RunningCore;
let sender: Sender;
let admin: TestTerminal;
beforeEach(async () => {
  folder = testFolder();
  one = await startCore(folder.path);
  sender = await connectSender(one.port);
  admin = one.terminal();
  granted(
    await admin.command('ward.set-up', {
      wardName: 'ICU',
      language: 'en',
      administrator: { name: 'Meera', pin: '1234' },
    }),
  );
});
afterEach(async () => {
  sender.end();
  await one.core.close();
  folder.remove();
});

const ASHA = {
  bed: 'ICU-1',
  name: 'Asha Rao',
  identifier: 'MRN-1',
  birthDate: '1963-04-12',
  sex: 'F',
  pregnant: false,
} as const;

async function exchange(text: string): Promise<string> {
  sender.write(framed(text));
  return sender.answer();
}
async function admit(more: Partial<CommandParams<'patient.admit'>> = {}) {
  return admin.command('patient.admit', { ...ASHA, ...more });
}
async function ward() {
  return granted(await admin.query('ward.snapshot', {}));
}
async function beds(): Promise<Record<string, string>> {
  return Object.fromEntries((await ward()).beds.map(({ bed, patient }) => [bed, patient.name]));
}
async function onlyWaiting() {
  const { messages } = granted(await admin.query('messages.waiting', {}));
  expect(messages).toHaveLength(1);
  const [message] = messages;
  if (message === undefined) throw new Error('nothing waits');
  return message;
}
function adt(
  event: string,
  more: { id?: string; name?: string; born?: string; bed?: string; mrg?: string } = {},
) {
  const { id = 'MRN-1', name = 'RAO^ASHA', born = '19630412', bed = 'ICU-1', mrg } = more;
  return [
    `MSH|^~\\&|ADM|HIS|MOM|ICU|20260101120000+0000||ADT^${event}|${event}-${Math.random()}|P|2.5`,
    `PID|1||${id}||${name}||${born}|F`,
    ...(mrg === undefined ? [] : [`MRG|${mrg}`]),
    `PV1|1|I|^^${bed}`,
    '',
  ].join('\r');
}
async function audited(): Promise<{ action: string; actor: string }[]> {
  const store = openTestStore(join(folder.path, RECORD_FILE));
  const rows = store.read.all(
    z.object({ action: z.string(), actor: z.string() }),
    'SELECT action, actor FROM audit',
  );
  store.close();
  return rows;
}

test('the number of a patient who is here is asked back, and a slip changes nothing', async () => {
  const { patientId } = granted(await admit());
  const slip = { bed: '20', name: 'Dup Bed', birthDate: null };
  expect(await admit(slip)).toMatchObject({
    error: {
      code: 'patient-known',
      parameters: { patientId, name: 'Asha Rao', bed: 'ICU-1', birthDate: '1963-04-12' },
    },
  });
  expect(await beds()).toEqual({ 'ICU-1': 'Asha Rao' });
  granted(await admit({ ...slip, sameAs: patientId }));
  const [moved] = (await ward()).beds;
  expect(moved).toMatchObject({ bed: '20', patient: { name: 'Asha Rao' } });
  expect(moved?.patient.ageYears).toBeGreaterThan(60);
});

test('a known number under another name or birth date is asked back also where nobody is in a bed', async () => {
  const { patientId } = granted(await admit());
  granted(await admin.command('patient.discharge', { patientId, reason: null }));
  expect(await admit({ name: 'Vikram Iyer' })).toMatchObject({ error: { code: 'patient-known' } });
  expect(await admit({ birthDate: '1990-01-01' })).toMatchObject({ error: { code: 'patient-known' } });
  expect(granted(await admit({ name: 'RAO, asha' })).patientId).toBe(patientId);
});

test('impossible birth dates are refused, and from a monitor left out', async () => {
  for (const birthDate of ['2130-01-01', '0001-01-01'])
    expect(await admit({ birthDate })).toMatchObject({
      error: { code: 'invalid-request', parameters: { field: 'birthDate' } },
    });
  await exchange(oruText({ controlId: 'F' }).replace('19630412', '21300101'));
  expect((await ward()).beds[0]?.patient.ageYears).toBeNull();
});

test('upper and lower case and spaces tell no beds apart', async () => {
  granted(await admit({ bed: 'ICU  1' }));
  expect(await admit({ bed: 'icu 1', identifier: 'MRN-2' })).toMatchObject({
    error: { code: 'bed-occupied' },
  });
  await exchange(oruText({ controlId: 'C', bed: 'icu 1' }));
  expect((await ward()).beds).toHaveLength(1);
  expect((await ward()).beds[0]?.toldBed).toBeUndefined();
});

test('names and numbers lose what cannot be seen', async () => {
  await exchange(
    oruText({ controlId: 'U', patient: 'B4\u202E\u0001' }).replace('RAO^ASHA', 'RAO^\u202EA\u200BSHA'),
  );
  expect((await ward()).beds[0]?.patient).toMatchObject({ identifier: 'B4', name: 'RAO, ASHA' });
  granted(await admit({ identifier: 'N\u202E7', name: 'Vik\u200Bram', bed: '9' }));
  expect(await beds()).toMatchObject({ 9: 'Vikram' });
});

test('of two messages under one control id a person sees both, side by side', async () => {
  granted(await admit());
  const text = oruText({ controlId: 'TWICE' });
  expect(await exchange(text)).toContain('MSA|AA|TWICE');
  expect(await exchange(text.replace('|118|', '|61|'))).toContain('MSA|AR|TWICE');
  const message = await onlyWaiting();
  const shown = granted(await admin.query('message.show', { messageId: message.id }));
  const heartRates = (values: typeof shown.values) => values.filter(({ vital }) => vital === 'hr');
  expect(heartRates(shown.values)).toMatchObject([{ value: 61 }]);
  expect(heartRates(shown.earlier?.values ?? [])).toMatchObject([{ value: 118 }]);
  expect(shown.earlier).toMatchObject({ identifier: 'MRN-1', bed: 'ICU-1' });
});

test('a known number with another name and birth date is held, and its values reach nobody before a person says whose', async () => {
  const { patientId } = granted(await admit());
  const foreign = oruText({ controlId: 'X' }).replace('RAO^ASHA||19630412', 'IYER^VIKRAM||20190101');
  expect(await exchange(foreign)).toContain('MSA|AA|X');
  expect((await ward()).beds[0]?.observed).toEqual({});
  const message = await onlyWaiting();
  expect(message).toMatchObject({ reason: 'identity-differs', state: 'held' });
  const shown = granted(await admin.query('message.show', { messageId: message.id }));
  expect(shown).toMatchObject({
    name: 'IYER, VIKRAM',
    identifier: 'MRN-1',
    bed: 'ICU-1',
    birthDate: '2019-01-01',
    likely: null,
    onlyDiscard: null,
  });
  expect(shown.values).toHaveLength(6);
  const release = { messageId: message.id, expectedVersion: message.version, patientId };
  const [first, second] = await Promise.all([
    admin.command('message.release', release),
    one.terminal().command('message.release', release),
  ]);
  expect(granted(first)).toEqual({ taken: 6 });
  expect(second.ok).toBe(false);
  expect(await admin.command('message.release', release)).toMatchObject({
    error: { code: 'changed-meanwhile' },
  });
  expect((await ward()).beds[0]?.observed.hr?.value).toBe(118);
  expect((await ward()).system.intake).toMatchObject({ held: 0, waiting: 0 });
  // Sent again it gets its old answer, and no second row.
  expect(await exchange(foreign)).toContain('MSA|AA|X');
  const actions = (await audited()).map(({ action }) => action);
  expect(actions.filter((action) => action.startsWith('message.'))).toEqual([
    'message.show',
    'message.release',
  ]);
});

test('only the name, or only the birth date, is another: the values are taken', async () => {
  granted(await admit());
  await exchange(oruText({ controlId: 'N' }).replace('RAO^ASHA', 'IYER^ASHA'));
  expect((await ward()).system.intake).toMatchObject({ accepted: 1, held: 0 });
  expect((await ward()).beds[0]?.patient.name).toBe('Asha Rao');
});

test('a released message keeps the age that it has', async () => {
  const { patientId } = granted(await admit({ bed: 'ICU-9' }));
  const at = Date.now() - 20 * 60_000;
  await exchange(oruText({ controlId: 'OLD', patient: '', at }));
  const message = await onlyWaiting();
  expect(message.reason).toBe('no-patient-id');
  granted(
    await admin.command('message.release', {
      messageId: message.id,
      expectedVersion: message.version,
      patientId,
    }),
  );
  expect((await ward()).beds[0]?.observed.hr?.ageMs).toBeGreaterThanOrEqual(20 * 60_000 - 1000);
});

test('all that a monitor without a number sent from one bed is decided about at once, and nothing else', async () => {
  const { patientId } = granted(await admit({ bed: 'ICU-9' }));
  const nameless = (controlId: string, bed: string, ago: number) =>
    oruText({ controlId, bed, at: Date.now() - ago * 1000 }).replace(/^PID.*$/m, 'PID|||');
  for (let id = 0; id < 5; id++) await exchange(nameless(`N${id}`, 'ICU-9', 60 - id));
  await exchange(nameless('OTHER', 'ICU-8', 30));
  const { messages, keptDays } = granted(await admin.query('messages.waiting', {}));
  expect(keptDays).toBe(30);
  expect(messages).toHaveLength(6);
  const first = messages.find(({ controlId }) => controlId === 'N2');
  const other = messages.find(({ controlId }) => controlId === 'OTHER');
  if (first === undefined || other === undefined) throw new Error('not held');
  const asked = { messageId: first.id, patientId, after: null };
  expect(await admin.command('message.release-alike', { ...asked, patientId: 'nobody' })).toMatchObject({
    error: { code: 'not-found' },
  });
  expect(granted(await admin.command('message.release-alike', asked))).toEqual({ messages: 5, next: null });
  expect((await ward()).system.intake).toMatchObject({ held: 1, waiting: 1 });
  expect((await ward()).beds[0]?.observed.hr?.value).toBe(118);
  expect((await onlyWaiting()).controlId).toBe('OTHER');
  // Decided about already: there is nothing left of its kind.
  expect(granted(await admin.command('message.release-alike', asked))).toEqual({ messages: 0, next: null });
  for (let id = 0; id < 3; id++) await exchange(nameless(`M${id}`, 'ICU-8', 20 - id));
  const discard = { messageId: other.id, reason: 'the monitor was being tested', after: null };
  expect(granted(await admin.command('message.discard-alike', discard))).toEqual({ messages: 4, next: null });
  expect((await ward()).system.intake).toMatchObject({ held: 0, waiting: 0 });
});

test('more than a call takes at once is gone through from the oldest to the newest', async () => {
  await admit({ bed: 'ICU-9' });
  for (let id = 0; id < 205; id++)
    await exchange(oruText({ controlId: `N${id}`, bed: 'ICU-9' }).replace(/^PID.*$/m, 'PID|||'));
  const [newest] = granted(await admin.query('messages.waiting', {})).messages;
  if (newest === undefined) throw new Error('not held');
  const asked = { messageId: newest.id, reason: 'a test' };
  const one = granted(await admin.command('message.discard-alike', { ...asked, after: null }));
  expect(one.messages).toBe(200);
  const two = granted(await admin.command('message.discard-alike', { ...asked, after: one.next }));
  expect(two).toEqual({ messages: 5, next: null });
});

test('other bytes under a control id are quarantined: they can be released, or discarded with a reason', async () => {
  const { patientId } = granted(await admit());
  const text = oruText({ controlId: 'SAME' });
  await exchange(text);
  await exchange(text.replace('|26|', '|16|'));
  const message = await onlyWaiting();
  expect(message).toMatchObject({ state: 'quarantined', reason: 'control-id-reused' });
  const seen = { messageId: message.id, expectedVersion: message.version };
  expect(await admin.command('message.release', { ...seen, patientId: null })).toMatchObject({
    error: { code: 'not-allowed-now', parameters: { reason: 'needs-patient' } },
  });
  granted(await admin.command('message.discard', { ...seen, reason: 'the gateway was started again' }));
  expect(await admin.command('message.release', { ...seen, patientId })).toMatchObject({
    error: { code: 'changed-meanwhile' },
  });
  expect((await ward()).beds[0]?.observed.rr?.value).toBe(26);
});

test('a training message can only be discarded', async () => {
  const { patientId } = granted(await admit());
  await exchange(oruText({ controlId: 'T', processingId: 'T' }));
  const message = await onlyWaiting();
  const shown = granted(await admin.query('message.show', { messageId: message.id }));
  expect(shown.onlyDiscard).toBe('not-production');
  expect(
    await admin.command('message.release', {
      messageId: message.id,
      expectedVersion: message.version,
      patientId,
    }),
  ).toMatchObject({ error: { parameters: { reason: 'nothing-to-release' } } });
});

test('a monitor that names another bed is shown at the bed and moves nobody', async () => {
  granted(await admit({ bed: 'ICU-7' }));
  await exchange(oruText({ controlId: 'B', bed: 'ICU-8' }));
  expect((await ward()).beds[0]).toMatchObject({ bed: 'ICU-7', toldBed: 'ICU-8' });
  await exchange(oruText({ controlId: 'B2', bed: 'ICU-7', at: Date.now() + 1000 }));
  expect((await ward()).beds[0]?.toldBed).toBeUndefined();
  expect((await audited()).filter(({ action }) => action === 'patient.other-bed')).toHaveLength(1);
});

test('what a monitor sends from another, free bed waits until a person says whose it is', async () => {
  const { patientId } = granted(await admit({ bed: 'ICU-7' }));
  await exchange(oruText({ controlId: 'B1', bed: 'ICU-8' }));
  await exchange(oruText({ controlId: 'B2', bed: 'ICU-8', at: Date.now() + 1000 }));
  const [bed] = (await ward()).beds;
  expect(bed).toMatchObject({ bed: 'ICU-7', toldBed: 'ICU-8' });
  expect(bed?.observed.hr).toBeUndefined();
  const { messages } = granted(await admin.query('messages.waiting', {}));
  expect(messages.map(({ reason }) => reason)).toEqual(['bed-differs', 'bed-differs']);
  const [newest] = messages;
  if (newest === undefined) throw new Error('nothing waits');
  expect(granted(await admin.query('message.show', { messageId: newest.id })).likely).toBe(patientId);
  granted(await admin.command('message.release-alike', { messageId: newest.id, patientId, after: null }));
  // Confirmed once: the next ones of that bed are taken, it is still shown, and a restart does not ask again.
  await one.core.close();
  one = await startCore(folder.path);
  sender.end();
  sender = await connectSender(one.port);
  admin = one.terminal();
  await exchange(oruText({ controlId: 'B3', bed: 'ICU-8', at: Date.now() + 2000 }).replace('|26|', '|14|'));
  expect((await ward()).beds[0]).toMatchObject({
    bed: 'ICU-7',
    toldBed: 'ICU-8',
    observed: { rr: { value: 14 } },
  });
  // Another bed is another question.
  await exchange(oruText({ controlId: 'B4', bed: 'ICU-9', at: Date.now() + 3000 }));
  expect((await ward()).system.intake.waiting).toBe(1);
});

test('readings of a patient who was moved in the ward’s list are taken at once, from the new bed', async () => {
  const { patientId } = granted(await admit({ bed: 'ICU-7' }));
  await exchange(oruText({ controlId: 'B1', bed: 'ICU-8' }));
  expect((await onlyWaiting()).reason).toBe('bed-differs');
  granted(await admin.command('patient.transfer', { patientId, bed: 'ICU-8', swap: false }));
  await exchange(oruText({ controlId: 'B2', bed: 'ICU-8', at: Date.now() + 1000 }));
  expect((await ward()).beds[0]?.observed.hr?.value).toBe(118);
  expect((await ward()).system.intake.waiting).toBe(1);
});

test('a patient who moves takes alerts along, and they are told again with the new bed', async () => {
  await exchange(oruText({ controlId: 'ILL' }));
  const [alert] = (await ward()).alerts;
  if (alert === undefined) throw new Error('no alert');
  const { patientId } = alert;
  granted(await admin.command('patient.transfer', { patientId, bed: 'ICU-2', swap: false }));
  const told = await admin.until((event) =>
    event.type === 'alert' && event.alert.id === alert.id && event.alert.bed === 'ICU-2' ? event.alert : null,
  );
  expect(told.version).toBe(alert.version);
  granted(await admin.command('patient.amend', { patientId, name: 'Usha Rao', birthDate: null, sex: 'F' }));
  await admin.until((event) =>
    event.type === 'alert' && event.alert.patientName === 'Usha Rao' ? true : null,
  );
  const bed = (await ward()).beds[0];
  expect(bed?.patient.ageYears).toBeGreaterThan(60);
  expect(bed?.openAlertIds).toContain(alert.id);
});

test('two patients change places, and a taken bed is refused', async () => {
  const { patientId } = granted(await admit());
  granted(await admit({ identifier: 'MRN-2', name: 'Vikram', bed: 'ICU-2' }));
  expect(await admin.command('patient.transfer', { patientId, bed: 'icu-2', swap: false })).toMatchObject({
    error: { code: 'bed-occupied' },
  });
  granted(await admin.command('patient.transfer', { patientId, bed: 'icu-2', swap: true }));
  expect(await beds()).toEqual({ 'ICU-1': 'Vikram', 'ICU-2': 'Asha Rao' });
});

test('a discharge with an unanswered alert needs a reason, and its alerts end with it', async () => {
  await exchange(oruText({ controlId: 'ILL' }));
  const patientId = (await ward()).beds[0]?.patient.id ?? '';
  expect(await admin.command('patient.discharge', { patientId, reason: null })).toMatchObject({
    error: { code: 'not-allowed-now', parameters: { reason: 'alert-unanswered' } },
  });
  granted(await admin.command('patient.discharge', { patientId, reason: 'moved to theatre' }));
  const after = await ward();
  expect([after.beds, after.alerts]).toEqual([[], []]);
});

test('ADT: admission, move, update, merge and discharge where they are plain', async () => {
  expect(await exchange(adt('A01'))).toContain('MSA|AA');
  expect(await beds()).toEqual({ 'ICU-1': 'RAO, ASHA' });
  expect(await exchange(adt('A01', { id: 'TEMP-2', bed: 'ICU-2' }))).toContain('AA');
  await exchange(adt('A03', { id: 'TEMP-2', bed: 'ICU-2' }));
  expect(await beds()).toEqual({ 'ICU-1': 'RAO, ASHA' });
  await exchange(adt('A02', { bed: 'ICU-2' }));
  expect(await beds()).toEqual({ 'ICU-2': 'RAO, ASHA' });
  await exchange(adt('A08', { name: 'RAO^ASHA DEVI', born: '' }));
  const [bed] = (await ward()).beds;
  expect(bed?.patient.name).toBe('RAO, ASHA DEVI');
  expect(bed?.patient.ageYears).toBeGreaterThan(60);
  await exchange(adt('A40', { id: 'TEMP-2', mrg: 'MRN-1' }));
  await exchange(
    oruText({ controlId: 'M', patient: 'TEMP-2', bed: 'ICU-2' }).replace('RAO^ASHA||19630412', '^||'),
  );
  expect((await ward()).beds).toHaveLength(1);
  expect((await ward()).beds[0]?.observed.hr?.value).toBe(118);
  expect((await ward()).system.intake.waiting).toBe(0);
});

test('ADT^A40 of two records that contradict each other waits for a person, who sees both', async () => {
  await exchange(adt('A01'));
  await exchange(adt('A01', { id: 'MRN-2', name: 'IYER^VIKRAM', born: '19700101', bed: 'ICU-2' }));
  await exchange(adt('A03', { id: 'MRN-2', name: 'IYER^VIKRAM', born: '19700101', bed: 'ICU-2' }));
  expect(await exchange(adt('A40', { mrg: 'MRN-2' }))).toContain('MSA|AA');
  const message = await onlyWaiting();
  expect(message.reason).toBe('identity-differs');
  expect(granted(await admin.query('message.show', { messageId: message.id }))).toMatchObject({
    identifier: 'MRN-1',
    name: 'RAO, ASHA',
    absorbed: { identifier: 'MRN-2', name: 'IYER, VIKRAM', birthDate: '1970-01-01', bed: null },
  });
  granted(
    await admin.command('message.release', {
      messageId: message.id,
      expectedVersion: message.version,
      patientId: null,
    }),
  );
  expect(await beds()).toEqual({ 'ICU-1': 'RAO, ASHA' });
});

test('ADT is held for a person where it is not plain', async () => {
  granted(await admit());
  granted(await admit({ identifier: 'MRN-2', name: 'Vikram Iyer', bed: 'ICU-2', birthDate: '1970-01-01' }));
  granted(await admit({ identifier: 'MRN-4', bed: 'ICU-4' }));
  const vikram = { id: 'MRN-2', name: 'IYER^VIKRAM', born: '19700101' };
  for (const [text, reason] of [
    [adt('A01', { id: 'MRN-3', name: 'NEW', bed: 'icu-1' }), 'bed-occupied'],
    [adt('A01', { bed: 'ICU-5' }), 'already-here'],
    [adt('A02', { bed: 'ICU-2' }), 'bed-occupied'],
    [adt('A02', { bed: 'WARD-77' }), 'bed-unknown'],
    [adt('A02', { id: 'MRN-9' }), 'unknown-patient'],
    [adt('A08', { id: 'MRN-9' }), 'unknown-patient'],
    [adt('A08', { name: 'OTHER^ONE', born: '20010101' }), 'identity-differs'],
    [adt('A40', { ...vikram, mrg: 'MRN-1' }), 'identity-differs'],
    [adt('A40', { id: 'MRN-4', mrg: 'MRN-1' }), 'both-in-beds'],
    [adt('A40', { mrg: 'MRN-9' }), 'unknown-patient'],
    [adt('A40', {}), 'no-merged-number'],
  ] as const) {
    expect(await exchange(text), reason).toContain('MSA|AA');
    const message = await onlyWaiting();
    expect(message.reason).toBe(reason);
    granted(
      await admin.command('message.discard', {
        messageId: message.id,
        expectedVersion: message.version,
        reason: 'looked into',
      }),
    );
  }
  expect(await beds()).toEqual({ 'ICU-1': 'Asha Rao', 'ICU-2': 'Vikram Iyer', 'ICU-4': 'Asha Rao' });
});

test('ADT^A03 with an unanswered alert waits for a person, who can release it', async () => {
  await exchange(oruText({ controlId: 'ILL' }));
  await exchange(adt('A03'));
  expect((await ward()).beds).toHaveLength(1);
  const message = await onlyWaiting();
  expect(message.reason).toBe('alert-unanswered');
  granted(
    await admin.command('message.release', {
      messageId: message.id,
      expectedVersion: message.version,
      patientId: null,
    }),
  );
  expect((await ward()).beds).toHaveLength(0);
});

test('two records are merged: both numbers find the kept one, also after a restart', async () => {
  const { patientId: kept } = granted(await admit());
  const { patientId: other } = granted(await admit({ identifier: 'MRN-2', bed: 'ICU-2', birthDate: null }));
  expect(await admin.command('patient.merge', { keep: kept, absorb: other })).toMatchObject({
    error: { parameters: { reason: 'both-in-beds' } },
  });
  for (const [patientId, hr] of [
    [kept, 71],
    [other, 72],
  ] as const)
    granted(await admin.command('observation.enter', { patientId, values: { hr }, confirmed: [] }));
  granted(await admin.command('patient.discharge', { patientId: other, reason: null }));
  // Named the other way round: the one who is in a bed is kept.
  expect(granted(await admin.command('patient.merge', { keep: other, absorb: kept })).patientId).toBe(kept);
  expect(await admit({ identifier: 'MRN-2', bed: 'ICU-5' })).toMatchObject({
    error: { code: 'patient-known', parameters: { patientId: kept, bed: 'ICU-1' } },
  });
  const { rows } = granted(await admin.query('bed.history', { patientId: kept, hours: 1 }));
  expect(rows.map(({ values }) => values.hr)).toEqual([71, 72]);
  // What the other record's readings said is not taken for this patient's state now.
  expect((await ward()).beds[0]?.observed.hr?.value).toBe(71);
  const found = granted(await admin.query('patients.find', { text: 'asha' }));
  expect(found.patients.map(({ id }) => id)).toEqual([kept]);
  const detail = granted(await admin.query('patient.detail', { patientId: kept }));
  expect(detail).toMatchObject({ merged: ['MRN-2'], bed: 'ICU-1' });
  expect(detail.stays).toHaveLength(2);
});

test('what was decided for the other record goes over with a merge, and two that differ are for a person', async () => {
  const { patientId: kept } = granted(await admit());
  const { patientId: other } = granted(await admit({ identifier: 'MRN-2', bed: 'ICU-2', birthDate: null }));
  const decide = (patientId: string, policy: object) =>
    admin.command('patient.set-policy', { patientId, policy } as never);
  const scale = { kind: 'spo2-scale', scale: 2, prescriber: 'Dr Iyer', reason: 'hypercapnic failure' };
  granted(await decide(other, scale));
  granted(await decide(other, { kind: 'treatment-limits', text: 'not for intubation' }));
  granted(await decide(kept, { kind: 'treatment-limits', text: 'none' }));
  granted(await admin.command('patient.discharge', { patientId: other, reason: null }));
  const merge = () => admin.command('patient.merge', { keep: kept, absorb: other });
  expect(await merge()).toMatchObject({ error: { parameters: { reason: 'decisions-differ' } } });
  granted(await decide(kept, { kind: 'treatment-limits', text: 'not for intubation' }));
  granted(await merge());
  expect((await ward()).beds[0]?.patient).toMatchObject({ spo2Scale: 2 });
  const { policies } = granted(await admin.query('patient.detail', { patientId: kept }));
  expect(policies).toContainEqual(expect.objectContaining({ policy: scale }));
});

test('what is decided for a patient counts from its commit on, and stands after a restart', async () => {
  const { patientId } = granted(await admit());
  const enter = () =>
    admin.command('observation.enter', { patientId, values: { spo2: 90, on_oxygen: false }, confirmed: [] });
  granted(await enter());
  const before = granted(await admin.query('bed.history', { patientId, hours: 1 })).rows;
  const policy = {
    kind: 'spo2-scale',
    scale: 2,
    prescriber: 'Dr Iyer',
    reason: 'hypercapnic failure',
  } as const;
  granted(await admin.command('patient.set-policy', { patientId, policy }));
  granted(
    await admin.command('patient.set-policy', {
      patientId,
      policy: { kind: 'spinal-injury', injured: true },
    }),
  );
  const [bed] = (await ward()).beds;
  expect(bed?.patient).toMatchObject({
    spo2Scale: 2,
    spinalInjury: true,
    scale2: { prescriber: 'Dr Iyer', reason: 'hypercapnic failure' },
  });
  expect(bed?.score).not.toEqual(before[0]?.score);
  expect(granted(await admin.query('bed.history', { patientId, hours: 1 })).rows[0]?.score).toEqual(
    before[0]?.score,
  );
  await one.core.close();
  one = await startCore(folder.path);
  const again = granted(await one.terminal().query('ward.snapshot', {})).beds[0];
  expect(again?.patient).toMatchObject({
    spo2Scale: 2,
    spinalInjury: true,
    scale2: { prescriber: 'Dr Iyer' },
  });
});

test('an estimated age below 16 shows no NEWS2, and pregnancy can be taken back', async () => {
  const { patientId } = granted(await admit({ birthDate: null }));
  const set = (policy: CommandParams<'patient.set-policy'>['policy']) =>
    admin.command('patient.set-policy', { patientId, policy });
  granted(await admin.command('observation.enter', { patientId, values: { rr: 18 }, confirmed: [] }));
  granted(await set({ kind: 'age-years', years: 9 }));
  expect((await ward()).beds[0]).toMatchObject({
    patient: { ageYears: 9 },
    score: { applicable: false, reason: 'under-16' },
  });
  granted(await set({ kind: 'age-years', years: 40 }));
  granted(await set({ kind: 'pregnant', pregnant: true }));
  expect((await ward()).beds[0]?.score).toMatchObject({ reason: 'pregnant' });
  granted(await set({ kind: 'pregnant', pregnant: false }));
  expect((await ward()).beds[0]?.score).not.toHaveProperty('reason');
});

test('a held message is still there after a restart, and is released with the time at which it came', async () => {
  const { patientId } = granted(await admit({ bed: 'ICU-9' }));
  await exchange(oruText({ controlId: 'OLD', patient: '' }));
  await one.core.close();
  const clock = testClock(Date.now() + 3 * 60_000);
  clock.startAgain();
  one = await startCore(folder.path, { clock });
  admin = one.terminal();
  const [person] = (await ward()).people;
  granted(await admin.command('session.sign-in', { personId: person?.id ?? '', pin: '1234' }));
  const message = await onlyWaiting();
  const seen = { messageId: message.id, expectedVersion: message.version };
  granted(await admin.command('message.release', { ...seen, patientId }));
  const hr = (await ward()).beds[0]?.observed.hr;
  expect(hr?.ageMs).toBeGreaterThanOrEqual(3 * 60_000 - 1000);
  expect(hr?.ageMs).toBeLessThan(4 * 60_000);
});

test('what is left of a sample after a restart can be taken out, and nothing real lands on it', async () => {
  granted(await admin.command('demonstration.start', { speed: 120 }));
  await one.core.close();
  one = await startCore(folder.path);
  admin = one.terminal();
  const before = await ward();
  granted(await admin.command('session.sign-in', { personId: before.people[0]?.id ?? '', pin: '1234' }));
  expect(before.system.demonstration).toMatchObject({ running: false });
  const patientId = before.beds[0]?.patient.id ?? '';
  for (const refusal of [
    await admin.command('patient.transfer', { patientId, bed: 'ICU-1', swap: false }),
    await admin.command('patient.discharge', { patientId, reason: 'over' }),
    await admin.command('patient.set-policy', { patientId, policy: { kind: 'pregnant', pregnant: true } }),
  ])
    expect(refusal).toMatchObject({ error: { parameters: { reason: 'demonstration' } } });
  granted(await admin.command('demonstration.stop', {}));
  expect((await ward()).beds).toEqual([]);
});

test('a monitor that is still on does not bring a patient back, and floods nobody', async () => {
  const text = (controlId: string, at = Date.now() + 1_000) =>
    oruText({ controlId, at, bed: 'ICU-1', patient: 'MRN-1' });
  const { patientId } = granted(await admit());
  await exchange(text('before'));
  granted(await admin.command('patient.discharge', { patientId, reason: 'to the ward' }));
  for (const id of ['on-1', 'on-2', 'on-3']) expect(await exchange(text(id))).toContain(`MSA|AA|${id}`);
  expect((await ward()).beds).toEqual([]);
  const waiting = async () => granted(await admin.query('messages.waiting', {})).messages;
  expect(await waiting()).toMatchObject([{ controlId: 'on-1', reason: 'has-left' }]);

  // What was measured before the patient left is of their stay: it is never only counted.
  await exchange(text('late', Date.now() - 60_000));
  expect((await waiting()).map(({ controlId }) => controlId)).toEqual(['late', 'on-1']);

  // The bed is free for the next one, and the same patient comes back by the administration.
  await exchange(oruText({ controlId: 'next', at: Date.now(), bed: 'ICU-1', patient: 'MRN-2' }));
  expect((await ward()).beds).toMatchObject([{ patient: { identifier: 'MRN-2' } }]);
  await exchange(adt('A01', { bed: 'ICU-2' }));
  await exchange(oruText({ controlId: 'again', at: Date.now(), bed: 'ICU-2', patient: 'MRN-1' }));
  expect((await ward()).beds.map(({ patient }) => patient.identifier).sort()).toEqual(['MRN-1', 'MRN-2']);
  expect(await waiting()).toHaveLength(2);
});
