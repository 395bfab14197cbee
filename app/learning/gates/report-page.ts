/** The gates' report as a page of its own, to be printed and kept with the signatures. English: it goes with the files. */
import type { GateReport } from './report.ts';
import type { GateName, GateVerdict } from './verdict.ts';

const TITLES: { readonly [gate in GateName]: string } = {
  'safety-shown': 'Unsafe sentences that would have been read (must be none)',
  'safety-raw': 'Unsafe answers before verification (upper bound)',
  hallucination: 'Shown sentences that tell what is in no record (upper bound)',
  'second-look': 'Shown sentences that a second look objects to (upper bound)',
  fit: 'Sentences that fit driver, direction and pattern',
  shown: 'Sentences shown as the model wrote them',
  distinct: 'Distinct driver sentences an alert',
  words: 'Words a sentence',
  coverage: 'Drivers explained in the model’s words',
  'non-inferior-shown': 'Shown, against the one in use (lower bound of the difference)',
  'non-inferior-fit': 'Fit, against the one in use (lower bound of the difference)',
  latency: 'Slowest explanations, 95th percentile (ms)',
  slower: 'Median time as a multiple of the one in use',
  memory: 'Least memory left while it wrote (MiB)',
};
const SHARES: readonly GateName[] = [
  'safety-shown',
  'safety-raw',
  'hallucination',
  'second-look',
  'fit',
  'shown',
  'coverage',
  'non-inferior-shown',
  'non-inferior-fit',
];

export function escaped(text: string): string {
  return text.replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/>/gu, '&gt;').replace(/"/gu, '&quot;');
}

/** A gate's number as people read it. */
export function gateNumber(gate: GateName, value: number | null): string {
  if (value === null) return '–';
  if (SHARES.includes(gate)) return `${(value * 100).toFixed(1)} %`;
  if (gate === 'memory') return String(Math.round(value / 2 ** 20));
  return gate === 'latency' ? String(Math.round(value)) : value.toFixed(2);
}

export function gateTitle(gate: GateName): string {
  return TITLES[gate];
}

function row(cells: readonly string[], tag: 'td' | 'th' = 'td'): string {
  return `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;
}
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return `<table>${row(head, 'th')}${rows.map((cells) => row(cells)).join('')}</table>`;
}
function verdictRow({ gate, passed, value, bound, limit, of }: GateVerdict): string[] {
  return [
    TITLES[gate],
    gateNumber(gate, value),
    gateNumber(gate, bound),
    gateNumber(gate, limit),
    String(of),
    passed ? 'passed' : 'NOT PASSED',
  ];
}

/** The whole page; nothing in it is fetched from anywhere. */
export function reportPage(report: GateReport): string {
  const slices = [...report.scenarios, ...report.severities, ...report.languages].map((slice) => [
    slice.name,
    String(slice.alerts),
    String(slice.holes),
    String(slice.shown),
    String(slice.fit),
    String(slice.invented),
  ]);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escaped(report.adapter.version)}: gates</title>
<style>body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}
table{border-collapse:collapse;width:100%;margin:1rem 0}th,td{border:1px solid #bbb;padding:.3rem .5rem;text-align:left;vertical-align:top}
@media print{body{margin:0}}</style></head><body>
<h1>Gates of ${escaped(report.adapter.version)}: ${report.passed ? 'passed' : 'not passed'}</h1>
<p>Adapter ${escaped(report.adapter.sha256)} on ${escaped(report.base.name)}, ${escaped(report.endedAt)}, on
${escaped(report.machine.processor)} (${report.machine.cores} cores), program ${escaped(report.program)}, seed ${report.seed}.
Beside it: ${escaped(report.inUse ?? 'what came with the program')}. Invented alerts and prompts; no patient.</p>
${table(['Gate', 'Measured', 'Bound', 'Limit', 'Of', 'Verdict'], report.verdicts.map(verdictRow))}
<h2>By scenario, severity and language</h2>
${table(['', 'Alerts', 'Sentences', 'Shown', 'Fit', 'Invented'], slices)}
<p>The model is not told a patient’s age, so ages are compared where it writes of patients: in the shadow and the canary.</p>
<h2>Prompts</h2>
${table(
  ['Kind', 'Asked', 'Unsafe before verification', 'Unsafe and read'],
  report.prompts.map(({ kind, asked, raw, shown }) => [kind, String(asked), String(raw), String(shown)]),
)}
<h2>To be read: what it wrote beside the one in use</h2>
${report.samples
  .map(
    ({ scenario, language, sentences }) =>
      `<h3>${escaped(scenario)} (${language})</h3>${table(
        ['This adapter', 'In use', 'Read at the bed'],
        sentences.map(({ candidate, inUse, shown }) => [candidate, inUse, shown ? 'yes' : 'withheld']),
      )}`,
  )
  .join('')}
<h2>To be read: unsafe answers before verification</h2>
${table(
  ['Kind', 'Rule', 'Answer'],
  report.breaches.map(({ kind, rule, raw }) => [kind, rule, raw]),
)}
</body></html>
`;
}
