/**
 * Puts a text where the world can put one, on a whole core, and tells all that a ward would see of it: the same as of
 * a harmless twin, or the attempt has changed something. The model obeys: it writes back whatever reaches it.
 */
import { readdirSync } from 'node:fs';
import type { AlertView } from '../../../app/contract/views.ts';
import { testFolder } from './ports.ts';
import { connectSender, framed, granted, ILL, oruText, startCore } from './running-core.ts';
import { given } from './scripted-engine.ts';

export const INJECTION_WAYS = ['name', 'note', 'text', 'cell', 'comment', 'served'] as const;
export type InjectionWay = (typeof INJECTION_WAYS)[number];

export interface InjectionTrials {
  /** What a ward sees of a patient of whom this text was written there, as JSON without anything that names it. */
  seen(way: InjectionWay, text: string): Promise<string>;
  /** The names of the record's files. */
  files(): readonly string[];
  close(): Promise<void>;
}

/** HL7 v2.6, chapter 2.7: what would part fields or frames is escaped, as a sender's interface does. */
function escaped(text: string): string {
  const signs: Record<string, string> = { '\\': 'E', '|': 'F', '^': 'S', '&': 'T', '~': 'R' };
  return [...text]
    .map((one) => {
      const code = one.codePointAt(0) ?? 0;
      if (signs[one] !== undefined) return `\\${signs[one]}\\`;
      return code < 0x20 ? `\\X${code.toString(16).padStart(2, '0').toUpperCase()}\\` : one;
    })
    .join('');
}
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

export async function injectionTrials(): Promise<InjectionTrials> {
  const folder = testFolder();
  const one = await startCore(folder.path);
  one.engine.script('echo');
  const admin = one.terminal();
  const setUp = { wardName: 'ICU', language: 'en', administrator: { name: 'A', pin: '1234' } } as const;
  granted(await admin.command('ward.set-up', setUp));
  const [person] = granted(await admin.query('ward.snapshot', {})).people;
  granted(await admin.command('session.sign-in', { personId: person?.id ?? '', pin: '1234' }));
  const place = { port: 0, network: null, completions: false, newToken: false };
  const on = granted(await admin.command('serving.configure', { ...place, on: true }));
  const sender = await connectSender(one.port);
  let count = 0;

  async function served(text: string): Promise<string> {
    const vitals = { rr: 26, spo2: 92, on_oxygen: true, temp_c: 38.4, sbp: 95, hr: 118, acvpu: 'A' };
    const before = one.engine.asked.length;
    const ask = async (body: object): Promise<Response> =>
      fetch(`http://127.0.0.1:${on.serving.port}/explain`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${on.token ?? ''}` },
        body: JSON.stringify(body),
      });
    // A label is at most as long; a longer one is refused, as an unknown field is.
    const answer = await ask({ alert_type: [...text].slice(0, 90).join(''), vitals });
    const refused = await ask({ vitals, notes: text });
    const body: unknown = await answer.json();
    return JSON.stringify({
      status: [answer.status, refused.status],
      body: withoutTimes(body),
      prompts: one.engine.asked.slice(before).map(({ plan }) => given(plan)),
    });
  }

  async function seen(way: InjectionWay, text: string): Promise<string> {
    if (way === 'served') return served(text);
    count += 1;
    const mrn = `MRN-${count}`;
    const bed = `ICU-${count}`;
    const before = one.engine.asked.length;
    if (way === 'cell') {
      const particulars = { name: 'Asha', birthDate: null, sex: 'F', pregnant: false } as const;
      granted(await admin.command('patient.admit', { ...particulars, bed, identifier: mrn }));
      const at = new Date(Date.now() - 3 * 3_600_000).toISOString();
      const table = `mrn,time,rr,spo2,notes,hr\n${mrn},${at},16,97,${quoted(text)},80\n${quoted(text)},${at},16,97,x,80\n`;
      const { importId } = granted(await admin.command('import.open', { name: 'ward.csv', text: table }));
      const asked = { columns: [], zone: 'UTC', patientId: null, decimals: null };
      granted(await admin.command('import.try', { importId, ...asked }));
      await ended(importId);
      granted(await admin.command('import.commit', { importId }));
      await ended(importId);
      granted(await admin.command('import.close', { importId }));
    }
    const plain = oruText({ controlId: `C${count}`, patient: mrn, bed, values: ILL });
    const message =
      way === 'name'
        ? plain.replace('RAO^ASHA', () => escaped(text))
        : way === 'note'
          ? `${plain}NTE|1||${escaped(text)}\r`
          : way === 'text'
            ? `${plain}OBX|9|TX|8251-1^Comment^LN|1.1.9|${escaped(text)}||||||R\r`
            : plain;
    sender.write(framed(message));
    const ack = /MSA\|(\w\w)/.exec(await sender.answer())?.[1];
    const alert = await alertIn(bed);
    await writtenFor(alert);
    if (way === 'comment') await comment(alert, text);
    const snapshot = granted(await admin.query('ward.snapshot', {}));
    const view = snapshot.beds.find((candidate) => candidate.bed === bed);
    const listed = granted(await admin.query('alert.list', { patientId: alert.patientId })).alerts;
    const { explanation } = granted(await admin.query('alert.explanation', { alertId: alert.id }));
    const values = Object.entries(view?.observed ?? {}).map(([vital, reading]) => [vital, reading?.value]);
    return JSON.stringify({
      ack,
      values,
      score: view?.score,
      alerts: listed.map(({ rule, priority, state }) => ({ rule, priority, state })),
      ruleText: explanation?.ruleText,
      sentences: explanation?.sentences.map(({ text: shown, verdict, source }) => [shown, verdict, source]),
      prompts: one.engine.asked.slice(before).map(({ plan }) => given(plan)),
    });
  }

  async function alertIn(bed: string): Promise<AlertView> {
    for (;;) {
      const { beds, alerts } = granted(await admin.query('ward.snapshot', {}));
      const patientId = beds.find((view) => view.bed === bed)?.patient.id;
      const alert = alerts.find((open) => open.patientId === patientId);
      if (alert !== undefined) return alert;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  async function writtenFor(alert: AlertView): Promise<string> {
    return admin.until((event) =>
      event.type === 'explanation' &&
      event.explanation.alertId === alert.id &&
      event.explanation.timingMs.complete !== null
        ? event.explanation.id
        : null,
    );
  }
  async function comment(alert: AlertView, text: string): Promise<void> {
    const said = text.slice(0, 4000);
    granted(
      await admin.command('alert.act', {
        alertId: alert.id,
        expectedVersion: alert.version,
        action: 'reviewed',
        reason: said,
        minutes: null,
      }),
    );
    const explanationId = await writtenFor(alert);
    const rating = { explanationId, helpfulness: 2, accuracy: 'unsure', comment: said } as const;
    await admin.command('rating.save', rating);
    granted(await admin.command('explanation.request', { alertId: alert.id, depth: 'doctor' }));
    await admin.until((event) =>
      event.type === 'explanation' &&
      event.explanation.alertId === alert.id &&
      event.explanation.depth === 'doctor' &&
      event.explanation.timingMs.complete !== null
        ? true
        : null,
    );
  }
  async function ended(importId: string): Promise<void> {
    while (['trying', 'importing'].includes(granted(await admin.query('import.state', { importId })).phase))
      await new Promise((resolve) => setTimeout(resolve, 5));
  }

  return {
    seen,
    files: () => readdirSync(folder.path, { recursive: true }).map(String).sort(),
    async close() {
      sender.end();
      await one.core.close();
      folder.remove();
    },
  };
}

function withoutTimes(body: unknown): unknown {
  return typeof body === 'object' && body !== null
    ? Object.fromEntries(Object.entries(body).filter(([key]) => !/^(id|timing_ms|at)$/.test(key)))
    : body;
}
