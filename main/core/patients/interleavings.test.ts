/**
 * Whatever order admissions, moves, discharges, merges and readings come in, from people and from feeds: a bed has one
 * patient and a patient one bed, nobody gets another's readings, and no unanswered alert goes without a reason.
 */
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { DEFAULT_ALERT_POLICY } from '../../../app/alerting/policy.ts';
import { DEFAULT_VALIDITY_POLICY } from '../../../app/observation/validity.ts';
import { bedKey } from '../../../app/patient/text.ts';
import { momentOf } from '../clock.ts';
import { commitMessage } from '../intake/commit-message.ts';
import { createMessageBodies } from '../intake/message-bodies.ts';
import { prepareMessage } from '../intake/prepare-message.ts';
import { readWaiting } from '../intake/waiting-messages.ts';
import {
  countingIds,
  openTestStore,
  silentLog,
  testClock,
  testFolder,
  testSealing,
} from '../testing/ports.ts';
import { oruText } from '../testing/running-core.ts';
import { findPatientByIdentifier } from '../ward/patients-table.ts';
import { createWard } from '../ward/ward.ts';
import { admitTold } from './admission.ts';
import { allRecordsOf, standingPatient } from './merges-table.ts';
import { discharge, merge, transfer, unansweredAlerts } from './stays.ts';

const PEOPLE = [
  { id: 'M1', name: 'Asha Rao', born: '1963-04-12' },
  { id: 'M2', name: 'Vikram Iyer', born: '1970-01-01' },
  { id: 'M3', name: 'Joseph Mathew', born: '1981-12-30' },
] as const;
const BEDS = ['ICU 1', 'icu  1', 'ICU 2', 'ICU 3'] as const;

const who = fc.constantFrom(...PEOPLE);
const where = fc.constantFrom(...BEDS);
const step = fc.oneof(
  fc.record({ kind: fc.constant('oru' as const), who, bed: where, ill: fc.boolean() }),
  fc.record({
    kind: fc.constant('adt' as const),
    event: fc.constantFrom('A01', 'A02', 'A03', 'A08', 'A40'),
    who,
    other: who,
    bed: where,
  }),
  fc.record({ kind: fc.constant('admit' as const), who, bed: where, sure: fc.boolean() }),
  fc.record({ kind: fc.constant('transfer' as const), who, bed: where, swap: fc.boolean() }),
  fc.record({ kind: fc.constant('discharge' as const), who, reason: fc.boolean() }),
  fc.record({ kind: fc.constant('merge' as const), who, other: who }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function pid({ id, name, born }: (typeof PEOPLE)[number]): string {
  const [given, family] = name.split(' ');
  return `PID|1||${id}||${family}^${given}||${born.replaceAll('-', '')}|F`;
}

function openWard(path: string) {
  const store = openTestStore(join(path, 'ward.db'));
  const sealing = testSealing();
  const clock = testClock();
  const ids = countingIds();
  const ended: string[] = [];
  const ward = createWard({
    store,
    sealing,
    clock,
    log: silentLog,
    policy: { validity: DEFAULT_VALIDITY_POLICY, alerts: DEFAULT_ALERT_POLICY },
    clockOffset: () => 0,
    newId: ids.next,
    onFired: () => undefined,
    listener: {
      bedChanged: () => undefined,
      bedGone: () => undefined,
      alertMoved: ({ transition }) => {
        if (
          transition.cause === 'patient-left' &&
          (transition.from === 'active' || transition.from === 'escalated')
        )
          ended.push(transition.alert.id);
      },
      alertsRetold: () => undefined,
    },
  });
  return { store, sealing, clock, ids, ward, ended };
}

type Opened = ReturnType<typeof openWard>;

/** Sends a message, or does what a person orders. Returns true where a person gave a reason for leaving. */
function take(opened: Opened, one: Step, count: number): boolean {
  const { store, sealing, clock, ids, ward } = opened;
  const ports = { sealing, clock, ids, wallMs: clock.wall() };
  const send = (text: string): void => {
    const prepared = prepareMessage(ports, Buffer.from(text), momentOf(clock));
    ward.commit((write, draft) => {
      const bodies = createMessageBodies(sealing, clock.wall());
      commitMessage(ports, write, draft, bodies, prepared);
      bodies.write(write);
    });
  };
  const idOf = (identifier: string): string =>
    findPatientByIdentifier(store.read, sealing, identifier)?.id ?? 'nobody';
  const { id } = one.who;
  switch (one.kind) {
    case 'oru': {
      const values = one.ill ? undefined : ([['8867-4', 'Heart rate', 70, '/min']] as const);
      const text = oruText({
        controlId: `C${count}`,
        bed: one.bed,
        at: clock.wall(),
        ...(values === undefined ? {} : { values }),
      });
      send(text.replace(/PID[^\r]*/, pid(one.who)));
      return false;
    }
    case 'adt':
      send(
        [
          `MSH|^~\\&|ADM|H|M|I|20260912115900+0000||ADT^${one.event}|C${count}|P|2.5`,
          pid(one.who),
          `MRG|${one.other.id}`,
          `PV1|1|I|^^${one.bed}`,
          '',
        ].join('\r'),
      );
      return false;
    case 'admit': {
      const { name, born } = one.who;
      const told = {
        bed: one.bed,
        name,
        identifier: id,
        birthDate: born,
        sex: 'F',
        pregnant: false,
      } as const;
      ward.commit((write, draft) => admitTold(ports, write, draft, told, one.sure ? idOf(id) : null));
      return false;
    }
    case 'transfer':
      ward.commit((write, draft) => transfer(write, draft, idOf(id), one.bed, one.swap));
      return false;
    case 'discharge': {
      const leaving = { by: null, reason: one.reason ? 'to theatre' : null };
      ward.commit((write, draft) => discharge(ports, write, draft, idOf(id), leaving));
      return one.reason;
    }
    case 'merge':
      ward.commit((write, draft) =>
        merge(ports, write, draft, { keep: idOf(id), absorb: idOf(one.other.id), by: null }),
      );
      return false;
  }
}

const stay = z.object({ patient_id: z.string(), bed: z.string() });
const origin = z.object({ patient_id: z.string(), sealed_for: z.string().nullable() });

test('one open stay a patient and bed, no reading on another patient, no unanswered alert lost', {
  timeout: 60_000,
}, () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
      const folder = testFolder();
      const opened = openWard(folder.path);
      const { store, sealing, ward, clock, ended } = opened;
      try {
        for (const [count, one] of steps.entries()) {
          clock.advance(61_000);
          const unanswered = new Map(
            ward
              .beds()
              .flatMap((bed) => unansweredAlerts(bed).map((alert) => [alert.id, bed.patient.id] as const)),
          );
          const before = ended.length;
          const reasoned = take(opened, one, count);
          // An alert that nobody answered ends with a stay only where somebody said why.
          if (!reasoned) expect(ended.length).toBe(before);
          const open = store.read.all(stay, 'SELECT patient_id, bed FROM stays WHERE left_ms IS NULL');
          expect(new Set(open.map(({ bed }) => bedKey(bed))).size).toBe(open.length);
          expect(new Set(open.map((row) => row.patient_id)).size).toBe(open.length);
          // The ward in memory is what is durable.
          expect(
            ward
              .beds()
              .map(({ patient, bed }) => `${patient.id} ${bed}`)
              .sort(),
          ).toEqual(open.map((row) => `${row.patient_id} ${row.bed}`).sort());
          // Alerts stay with their patient, wherever the patient has gone.
          for (const bed of ward.beds())
            for (const alert of bed.alerts.alerts)
              if (unanswered.has(alert.id)) expect(unanswered.get(alert.id)).toBe(bed.patient.id);
          for (const { patient } of ward.beds())
            expect(standingPatient(store.read, patient.id)).toBe(patient.id);
        }
        // Every accepted message of readings is of the patient whose number it bore, or of one merged with them.
        for (const row of store.read.all(
          origin,
          `SELECT patient_id, control_id AS sealed_for FROM messages WHERE state = 'accepted' AND patient_id IS NOT NULL AND taken > 0`,
        )) {
          const one = steps[Number((row.sealed_for ?? 'C').slice(1))];
          if (one === undefined) throw new Error('a message that nobody sent');
          const owner = findPatientByIdentifier(store.read, sealing, one.who.id);
          expect(allRecordsOf(store.read, owner?.id ?? '')).toContain(row.patient_id);
        }
        for (const waiting of readWaiting(store.read, 100)) expect(waiting.reason).not.toBeNull();
      } finally {
        ward.close();
        store.close();
        folder.remove();
      }
    }),
    { numRuns: 60 },
  );
});
