/** Patients and waiting messages of our own making, to look at their screens. */
import type { MessageShown, WaitingMessage } from '../../app/contract/calls/messages.ts';
import type { PatientDetail, PatientFound } from '../../app/contract/calls/patients.ts';
import type { BedView } from '../../app/contract/views.ts';

const RECEIVED = new Date(Date.now() - 6 * 60_000).toISOString();

export const WAITING: readonly WaitingMessage[] = [
  {
    id: 41,
    version: 0,
    state: 'held',
    receivedAt: RECEIVED,
    sender: 'GATEWAY-A|ICU',
    controlId: '100231',
    reason: 'identity-differs',
  },
  {
    id: 40,
    version: 0,
    state: 'quarantined',
    receivedAt: RECEIVED,
    sender: 'GATEWAY-B|ICU',
    controlId: '99812',
    reason: 'control-id-reused',
  },
];

export function shownOf(id: unknown): MessageShown | null {
  const one = WAITING.find((message) => message.id === id);
  if (one === undefined) return null;
  return {
    ...one,
    type: 'ORU^R01',
    name: 'IYER, VIKRAM',
    identifier: 'M-20417',
    birthDate: '2019-01-01',
    bed: 'ICU-2 03',
    values: [
      { vital: 'hr', value: 118, observedAt: RECEIVED },
      { vital: 'rr', value: 26, observedAt: RECEIVED },
      { vital: 'spo2', value: 92, observedAt: RECEIVED },
    ],
    absorbed: null,
    earlier: null,
    likely: null,
    onlyDiscard: null,
  };
}

export function foundOf(beds: readonly BedView[], text: string): PatientFound[] {
  const wanted = text.toLowerCase();
  return beds.flatMap(({ bed, patient: { id, name, identifier, sex } }) =>
    `${name} ${identifier}`.toLowerCase().includes(wanted)
      ? [{ id, name, identifier, birthDate: null, sex, bed }]
      : [],
  );
}

export function detailOf(bed: BedView): PatientDetail {
  const { admittedAt, ...patient } = bed.patient;
  return {
    patient,
    birthDate: null,
    bed: bed.bed,
    unanswered: bed.openAlertIds.length,
    stays: [{ bed: bed.bed, from: admittedAt, to: null }],
    policies: [
      {
        policy: {
          kind: 'spo2-scale',
          scale: 2,
          prescriber: 'Dr Vikram Iyer',
          reason: 'COPD, hypercapnic failure in May',
        },
        from: RECEIVED,
        by: 'Dr Vikram Iyer',
      },
    ],
    merged: ['M-00917'],
  };
}
