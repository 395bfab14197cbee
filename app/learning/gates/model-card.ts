/**
 * The model card, in the sections of the Applied Model Card of the Coalition for Health AI (CHAI, version 1): release,
 * uses and directions, warnings, trust ingredients, key metrics, resources.
 */

import type { GateReport } from './report.ts';
import { gateNumber, gateTitle } from './report-page.ts';

/** Markdown, English. A cell cannot end its table. */
function cell(text: string): string {
  return text.replace(/[|\n]/gu, ' ');
}

export function modelCard(report: GateReport): string {
  const { adapter, base, dataSet, training } = report;
  const perplexity =
    training.perplexity.base === null || training.perplexity.adapter === null
      ? 'not measured'
      : `${training.perplexity.base.toFixed(2)} before, ${training.perplexity.adapter.toFixed(2)} after`;
  return `# ${adapter.version}

## Release
- Adapter (LoRA, rank ${training.r}, alpha ${training.alpha}, ${training.targets.join(', ')}) of ${base.name}
- SHA-256 ${adapter.sha256}, ${adapter.bytes} bytes; base ${base.sha256}
- Gates: ${report.passed ? 'passed' : 'NOT passed'}, ${report.endedAt}
- Licence and notices of the base model apply; see the catalogue entry of ${base.name}

## Uses and directions
- Intended use: short explanations, in simple words, of vital-sign alerts whose score and text code has already given
- Intended users: nurses and doctors of an adult intensive care ward, at the bed
- How it is used: it writes between literals; code checks each sentence before it is read, and withholds what is not licensed by the record
- Not for: diagnosis, treatment, doses, children under 16, pregnancy, or any decision without a clinician

## Warnings
- Known risks: it may write what does not fit, which is withheld; a withheld sentence is replaced by a rule or an approved phrase
- Known limits: it was measured on invented alerts; the words are easy to read and say less than a colleague would
- Out of scope: languages that its base does not write (measured: ${report.languages.map(({ name }) => name).join(', ')})

## Trust ingredients
- Training data: data set ${dataSet.id} (${dataSet.examples} examples, SHA-256 ${dataSet.sha256}), de-identified and approved by a named person before it left
- Training: trainer ${training.trainer}, ${training.method}, seed ${training.seed}${training.continuedFrom === null ? '' : `, continued from ${training.continuedFrom}`}; perplexity of the part held out: ${perplexity}
- Bias and fairness: by scenario, severity and language below; the model is not told age, sex, name or origin
- Ongoing watch: shadow and canary before use; automatic step back on safety, speed and failures; ratings by clinicians
- Security: signed by a clinical and a technical signer; files and base are bound by hash

## Key metrics
| Gate | Measured | Bound | Limit | Of | Verdict |
|---|---|---|---|---|---|
${report.verdicts
  .map(
    ({ gate, value, bound, limit, of, passed }) =>
      `| ${gateTitle(gate)} | ${gateNumber(gate, value)} | ${gateNumber(gate, bound)} | ${gateNumber(gate, limit)} | ${of} | ${passed ? 'passed' : 'not passed'} |`,
  )
  .join('\n')}

| Group | Alerts | Sentences | Shown | Fit | Invented |
|---|---|---|---|---|---|
${[...report.scenarios, ...report.severities, ...report.languages]
  .map(
    ({ name, alerts, holes, shown, fit, invented }) =>
      `| ${cell(name)} | ${alerts} | ${holes} | ${shown} | ${fit} | ${invented} |`,
  )
  .join('\n')}

Flesch reading ease of its English: ${report.readingEase ?? 'too little text'}.

## Resources
- The report (report.html, report.json) with every gate, samples side by side and the answers that broke a rule
- The signed release (release.json) and the trainer’s manifest (manifest.json)
`;
}
