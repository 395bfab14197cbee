/** The fourteen beds of the design board: made up, with every kind of state that a ward can show. */
import type { AlertView, BedView } from '../../app/contract/views.ts';
import { isApplicable, leastTotal } from '../../app/scoring/score.ts';
import { alertView, bedView, charted, streamed } from './fixtures.ts';

const MINUTE_MS = 60_000;
const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE_MS).toISOString();
const ahead = (minutes: number) => ago(-minutes);

type Row = readonly [
  bed: string,
  name: string,
  who: string,
  rr: number | null,
  spo2: number | null,
  oxygen: string,
  pressure: string,
  hr: number | null,
  acvpu: string | null,
  temp: number,
  history: readonly number[],
];

const ROWS: readonly Row[] = [
  ['07', 'Lakshmi Raghunathan', '68F', 26, 92, '2 L', '95/60', 115, 'A', 38.8, [1, 3, 5, 7, 8, 12]],
  ['03', 'Mohammed Farouk Siddiqui', '74M', 24, 90, '28 %', '104/58', 118, 'C', 37.4, [4, 5, 6, 7, 10]],
  ['11', 'Thomas O’Connell', '59M', 22, 94, '4 L', '108/66', 104, 'A', 37.9, [3, 4, 5, 6, 7]],
  ['14', 'Harpreet Kaur Gill', '45F', 23, 95, '2 L', '118/70', 96, null, 37.2, [2, 4, 6]],
  ['02', 'Chen Wei-Ling', '62F', 21, 95, 'air', '132/78', 92, 'A', 38.4, [3, 4, 5]],
  ['09', 'Abdul Rahman Khan', '51M', 18, 97, '2 L', '98/54', 88, 'A', 36.0, [5, 4, 5]],
  ['05', 'Nomvula Dlamini', '33F', 16, 98, 'air', '88/50', 90, 'A', 36.8, [2, 3]],
  ['16', 'Aarav Menon', '41M', 18, 96, 'air', '108/64', 80, 'A', 36.9, [1, 1]],
  ['12', 'Suresh B. Venkataraman', '57M', 19, 95, '1 L', '126/74', 84, 'A', 37.6, [3, 3]],
  ['01', 'Priya Deshmukh', '29F', 19, 98, 'air', '118/72', 98, 'A', 37.1, []],
  ['08', 'Ramesh Chandra Joshi', '71M', 20, 96, '1 L', '112/64', 76, 'A', 36.6, [4, 3, 2]],
  ['04', 'Grace Okafor', '66F', 17, 96, 'air', '142/82', 95, 'A', 37.1, [2, 1]],
  ['10', 'Fatima Al-Sayed', '38F', 15, 99, 'air', '121/76', 72, 'A', 36.7, [1, 0]],
  ['13', 'Giulia Bianchi', '54F', 14, 97, 'air', '118/72', 68, 'A', 36.4, [0, 0]],
];

const HOUR_MS = 3_600_000;
/** What every shown trend has in common: the core's four hours. */
const WINDOW = { windowMs: 4 * HOUR_MS, readings: 6, gaps: [] };

export function fourteenBeds(): BedView[] {
  return ROWS.map(([bed, name, who, rr, spo2, oxygen, pressure, hr, acvpu, temp, history]) => {
    const [sbp = '', dbp = ''] = pressure.split('/');
    const silent = bed === '16' ? 184_000 : 0;
    const observed: BedView['observed'] = {
      ...(rr === null ? {} : { rr: streamed(rr, silent || 4_000) }),
      ...(spo2 === null ? {} : { spo2: streamed(spo2, bed === '12' ? 27_000 : silent || 4_000) }),
      ...(hr === null ? {} : { hr: streamed(hr, silent || 4_000) }),
      sbp: {
        ...charted(Number(sbp), 90_000, ago(1.5)),
        source: { kind: 'monitor', mode: 'cuff', name: 'cuff' },
      },
      dbp: {
        ...charted(Number(dbp), 90_000, ago(1.5)),
        source: { kind: 'monitor', mode: 'cuff', name: 'cuff' },
      },
      on_oxygen: charted(oxygen !== 'air', 720_000, ago(12)),
      ...(oxygen.endsWith('L') ? { o2_flow: charted(Number.parseFloat(oxygen), 720_000, ago(12)) } : {}),
      ...(oxygen.endsWith('%') ? { fio2: charted(Number.parseFloat(oxygen), 720_000, ago(12)) } : {}),
      ...(acvpu === null
        ? { acvpu: charted('A', 3_900_000, ago(65)) }
        : { acvpu: charted(acvpu, 720_000, ago(12)) }),
      temp_c: charted(temp, 1_500_000, ago(25)),
    };
    return bedView(bed, {
      observed,
      patient: {
        id: `patient-${bed}`,
        name,
        identifier: `40 27${bed} ${883 - Number(bed)}`,
        ageYears: Number.parseInt(who, 10),
        sex: who.endsWith('F') ? 'F' : 'M',
        spo2Scale: bed === '03' ? 2 : 1,
        pregnant: bed === '01',
        demonstration: false,
        admittedAt: ago(2_000),
      },
      scoreHistory: history.map((total, index) => ({
        at: ago((history.length - 1 - index) * 130),
        total,
        complete: true,
      })),
      nextObservationDueAt: ahead(25),
      trends: {
        rr: {
          ...WINDOW,
          vital: 'rr',
          state: 'known',
          direction: 'rising',
          perHour: 2.4,
          spanMs: 3.4 * HOUR_MS,
        },
        spo2: {
          ...WINDOW,
          vital: 'spo2',
          state: 'known',
          direction: 'falling',
          perHour: -1.2,
          spanMs: 3.4 * HOUR_MS,
        },
        hr: {
          ...WINDOW,
          vital: 'hr',
          state: 'known',
          direction: 'steady',
          perHour: 0.5,
          spanMs: 3.4 * HOUR_MS,
        },
      },
    });
  });
}

export function openAlerts(beds: readonly BedView[]): AlertView[] {
  const on = (bed: string, over: Partial<AlertView>) => {
    const view = beds.find((one) => one.bed === bed);
    return view === undefined ? [] : [alertView(view, over)];
  };
  const medium = { rule: 'news2-medium', priority: 'medium' } as const;
  return [
    ...on('07', { firedAt: ago(1.2), nextEscalationAt: ahead(2.8) }),
    ...on('03', {
      firedAt: ago(30),
      state: 'escalated',
      escalationLevel: 1,
      owner: 'Dr Vikram Iyer',
      nextEscalationAt: ahead(19),
    }),
    ...on('11', {
      firedAt: ago(12),
      state: 'acknowledged',
      owner: 'Meera Nair',
      nextEscalationAt: ahead(24),
    }),
    ...on('14', { ...medium, firedAt: ago(3.4), nextEscalationAt: ahead(1.6) }),
    ...on('02', {
      ...medium,
      firedAt: ago(25),
      state: 'snoozed',
      owner: 'S. Fernandes',
      snoozedUntil: ahead(13),
    }),
    ...on('09', {
      ...medium,
      firedAt: ago(50),
      state: 'acknowledged',
      owner: 'Dr Z. Hussain',
      nextEscalationAt: ahead(38),
    }),
    ...on('05', { rule: 'single-red', priority: 'low', firedAt: ago(0.6), nextEscalationAt: ahead(9) }),
  ];
}

/** The first sentence as the rule text begins; the rest stands for its length. */
export function ruleTextOf(alert: AlertView): string {
  const { score } = alert;
  const total = leastTotal(score);
  const rest = 'The NEWS2 chart asks for continuous monitoring; emergency assessment within 30 minutes.';
  if (!isApplicable(score) || total === null) return rest;
  return score.complete
    ? `NEWS2 is ${total}, ${score.risk === 'low-medium' ? 'low to medium' : score.risk} risk. ${rest}`
    : `NEWS2 is at least ${total}; it is incomplete. ${rest}`;
}
