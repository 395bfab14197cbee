/** The name of a policy's field as the screen has it, from its path in the file. */
import { ALERT_PRIORITIES, ALERT_RULES } from '../../app/alerting/alert.ts';
import { type LanguageCode, ruleName, type ScreenWords } from '../../app/language/language.ts';

/** The path itself where the screen shows no such field. */
export function fieldName(words: ScreenWords, language: LanguageCode, path: string): string {
  const { policy, common } = words;
  const fields: Readonly<Record<string, string>> = {
    enabled: policy.enabled,
    threshold: policy.threshold,
    margin: policy.margin,
    'persistenceSeconds.streamed': policy.streamed,
    'persistenceSeconds.charted': policy.charted,
    rearmMinutes: policy.rearm,
    worseBy: policy.worseBy,
    priority: policy.priority,
  };
  const [, rule, field] = /^alerts\.rules\.([^.]+)\.(.+)$/.exec(path) ?? [];
  const known = ALERT_RULES.find((one) => one === rule);
  if (known !== undefined) return `${ruleName(language, known)}: ${fields[field ?? ''] ?? field}`;

  const [, given, step, part] =
    /^alerts\.(?:escalation|reraiseMinutes)\.([a-z]+)(?:\.(\d+)(?:\.(\w+))?)?$/.exec(path) ?? [];
  const priority = ALERT_PRIORITIES.find((one) => one === given);
  if (priority !== undefined) {
    const name = common.priority[priority];
    if (path.startsWith('alerts.reraise')) return `${name}: ${policy.reraise}`;
    if (step === undefined) return `${name}: ${policy.escalation}`;
    const column = part === undefined ? '' : `: ${part === 'owner' ? policy.owner : policy.after}`;
    return `${name}, ${policy.level(Number(step) + 1)}${column}`;
  }

  const others: Readonly<Record<string, string>> = {
    'alerts.firstOwner': policy.firstOwner,
    'alarm.audioOffMinutes': policy.audioOff,
    'explanation.text': policy.explanationText,
    'validity.streamed': policy.stale,
    'validity.streamed.staleSeconds': policy.stale,
    'validity.streamed.missingSeconds': policy.missing,
    'validity.charted.dueMinutes': policy.due,
    'validity.charted.graceMinutes': policy.grace,
  };
  return others[path] ?? path;
}
