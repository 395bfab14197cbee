/** Which scenario a rated alert is counted under: by its readings alone, because no diagnosis is in the record. */

import type { FactsInput } from '../../../app/explanation/explanation.ts';
import { completeFacts } from '../../../app/explanation/facts.ts';
import type { Scenario } from '../../../app/learning/examples/example.ts';

export function scenarioOf(facts: FactsInput): Scenario {
  const { directions, pattern, vitals } = completeFacts(facts);
  if (pattern === 'none') return 'stable';
  if (pattern === 'consciousness') return 'neurological-decline';
  if (directions.temp === 'low') return 'hypothermia';
  if (directions.temp === 'high') return 'early-sepsis';
  if (directions.rr === 'low' && vitals.acvpu !== 'A') return 'sedative-respiratory-depression';
  if (directions.sbp === 'low') return 'haemorrhage';
  return pattern === 'circulation' ? 'arrhythmia' : 'acute-respiratory-failure';
}
