/** The rules in the order in which they run. One line a rule; deepening a rule never changes this table. */
import { certaintyRule } from './certainty.ts';
import { citationRule } from './citation.ts';
import { contradictionRule } from './contradiction.ts';
import { diagnosisRule } from './diagnosis.ts';
import { directionRule } from './direction.ts';
import { directiveRule } from './directive.ts';
import { dismissalRule } from './dismissal.ts';
import { formRule } from './form.ts';
import { identifierRule } from './identifier.ts';
import { numberRule } from './number.ts';
import type { Rule } from './rule.ts';
import { trendRule } from './trend.ts';
import { unlicensedRule } from './unlicensed.ts';
import { unmeasuredRule } from './unmeasured.ts';

export const RULES: readonly Rule[] = [
  formRule,
  numberRule,
  directionRule,
  trendRule,
  unmeasuredRule,
  diagnosisRule,
  directiveRule,
  dismissalRule,
  certaintyRule,
  contradictionRule,
  citationRule,
  identifierRule,
  unlicensedRule,
];
