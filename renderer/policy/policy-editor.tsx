/** The rules, the ladder and the validity of a policy, as fields. What is wrong is said before anything is saved. */
import { ROLES, type Role } from '../../app/access/access.ts';
import {
  ALERT_PRIORITIES,
  ALERT_RULES,
  type AlertPriority,
  type AlertRule,
} from '../../app/alerting/alert.ts';
import { DEFAULT_ALERT_POLICY } from '../../app/alerting/policy.ts';
import { TEXT_POLICIES, type TextPolicy } from '../../app/explanation/explanation.ts';
import { roleName, ruleName } from '../../app/language/language.ts';
import { Button, Panel, Table } from '../design/index.ts';
import { useWords } from '../shell/index.ts';
import { NumberField, OneOfField, OnField } from './fields.tsx';
import type { PolicyForm } from './policy-form.ts';

export interface PolicyEditorProps {
  readonly form: PolicyForm;
  readonly onChange: (form: PolicyForm) => void;
  readonly isDisabled: boolean;
}

export function PolicyEditor(props: PolicyEditorProps) {
  return (
    <>
      <Rules {...props} />
      <Ladders {...props} />
      <Validity {...props} />
      <AlarmSound {...props} />
      <ExplanationText {...props} />
    </>
  );
}

function Rules(props: PolicyEditorProps) {
  const { words, language } = useWords();
  const own = words.policy;
  const { priority } = words.common;
  return (
    <Panel title={own.rules} className="policy-wide">
      <Table
        caption={own.rules}
        columns={[
          { key: 'rule', title: own.rule },
          { key: 'enabled', title: own.enabled },
          { key: 'threshold', title: own.threshold },
          { key: 'under16', title: own.under16 },
          { key: 'margin', title: own.margin },
          { key: 'streamed', title: own.streamed },
          { key: 'charted', title: own.charted },
          { key: 'rearm', title: own.rearm },
          { key: 'worse', title: own.worseBy },
          { key: 'priority', title: own.priority },
        ]}
        rows={ALERT_RULES.map((rule) => {
          const name = ruleName(language, rule);
          const path = ['alerts', 'rules', rule] as const;
          const of = (title: string, ...rest: string[]) => ({
            ...props,
            label: `${name}: ${title}`,
            path: [...path, ...rest],
          });
          return {
            key: rule,
            cells: {
              rule: <b>{name}</b>,
              enabled: <OnField {...of(own.enabled, 'enabled')} />,
              threshold: <NumberField {...of(own.threshold, 'threshold')} />,
              under16: <NumberField {...of(own.under16, 'thresholdUnder16')} />,
              margin: <NumberField {...of(own.margin, 'margin')} />,
              streamed: <NumberField {...of(own.streamed, 'persistenceSeconds', 'streamed')} />,
              charted: <NumberField {...of(own.charted, 'persistenceSeconds', 'charted')} />,
              rearm: <NumberField {...of(own.rearm, 'rearmMinutes')} />,
              worse: <NumberField {...of(own.worseBy, 'worseBy')} />,
              priority:
                rule === 'news2-rise' ? (
                  own.fixed
                ) : isFixed(rule) ? (
                  priority[DEFAULT_ALERT_POLICY.rules[rule].priority]
                ) : (
                  <OneOfField
                    {...of(own.priority, 'priority')}
                    options={ALERT_PRIORITIES}
                    nameOf={(option) => priority[priorityOf(option)]}
                  />
                ),
            },
          };
        })}
      />
    </Panel>
  );
}

/** The two bands of NEWS2 ring as the chart has them: no site can change that. */
function isFixed(rule: AlertRule): rule is 'news2-high' | 'news2-medium' {
  return rule === 'news2-high' || rule === 'news2-medium';
}

function priorityOf(option: string): AlertPriority {
  return ALERT_PRIORITIES.find((one) => one === option) ?? 'low';
}

function roleOf(option: string): Role {
  return ROLES.find((one) => one === option) ?? 'nurse';
}

const NEXT_STEP_MINUTES = 10;

function Ladders(props: PolicyEditorProps) {
  const { words, language } = useWords();
  const own = words.policy;
  const { form, onChange, isDisabled } = props;
  const owners = { options: ROLES, nameOf: (option: string) => roleName(language, roleOf(option)) };
  return (
    <Panel title={own.escalation} note={own.escalationNote} className="policy-wide">
      <div className="policy-line">
        <span>{own.firstOwner}</span>
        <OneOfField {...props} {...owners} path={['alerts', 'firstOwner']} label={own.firstOwner} />
      </div>
      {ALERT_PRIORITIES.map((priority) => {
        const path = ['alerts', 'escalation', priority] as const;
        const given = form.at(path);
        const levels = Array.isArray(given) ? given : [];
        const name = words.common.priority[priority];
        const last: unknown = form.at([...path, levels.length - 1, 'afterMinutes']);
        const afterMinutes = (typeof last === 'number' ? last : 0) + NEXT_STEP_MINUTES;
        return (
          <fieldset key={priority} className="policy-ladder">
            <legend>{name}</legend>
            {levels.map((_level, index) => {
              const step = own.level(index + 1);
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the ladder
                <div className="policy-line" key={index}>
                  <span>{step}</span>
                  <span>{own.after}</span>
                  <NumberField
                    {...props}
                    path={[...path, index, 'afterMinutes']}
                    label={`${name}, ${step}: ${own.after}`}
                  />
                  <span>{own.owner}</span>
                  <OneOfField
                    {...props}
                    {...owners}
                    path={[...path, index, 'owner']}
                    label={`${name}, ${step}: ${own.owner}`}
                  />
                </div>
              );
            })}
            <div className="policy-line">
              <Button
                isDisabled={isDisabled}
                onPress={() => onChange(form.with(path, [...levels, { afterMinutes, owner: 'attending' }]))}
              >
                {own.addLevel}
              </Button>
              <Button
                variant="ghost"
                isDisabled={isDisabled || levels.length === 0}
                onPress={() => onChange(form.with(path, levels.slice(0, -1)))}
              >
                {own.removeLevel}
              </Button>
            </div>
            <div className="policy-line">
              <span>
                {own.reraise} <small>{own.never}</small>
              </span>
              <NumberField
                {...props}
                path={['alerts', 'reraiseMinutes', priority]}
                label={`${name}: ${own.reraise}`}
              />
            </div>
          </fieldset>
        );
      })}
    </Panel>
  );
}

function ExplanationText(props: PolicyEditorProps) {
  const own = useWords().words.policy;
  return (
    <Panel title={own.explanation} note={own.explanationNote} className="policy-wide">
      <div className="policy-line">
        <span>{own.explanationText}</span>
        <OneOfField
          {...props}
          path={['explanation', 'text']}
          label={own.explanationText}
          options={TEXT_POLICIES}
          nameOf={(option) => own.explanationTexts[textPolicyOf(option)]}
        />
      </div>
    </Panel>
  );
}

function textPolicyOf(option: string): TextPolicy {
  return TEXT_POLICIES.find((one) => one === option) ?? 'guided';
}

function Validity(props: PolicyEditorProps) {
  const own = useWords().words.policy;
  const fields = [
    [own.stale, ['validity', 'streamed', 'staleSeconds']],
    [own.missing, ['validity', 'streamed', 'missingSeconds']],
    [own.due, ['validity', 'charted', 'dueMinutes']],
    [own.grace, ['validity', 'charted', 'graceMinutes']],
  ] as const;
  return (
    <Panel title={own.validity} className="policy-wide">
      {fields.map(([label, path]) => (
        <div className="policy-line" key={label}>
          <span>{label}</span>
          <NumberField {...props} path={path} label={label} />
        </div>
      ))}
    </Panel>
  );
}

function AlarmSound(props: PolicyEditorProps) {
  const own = useWords().words.policy;
  return (
    <Panel title={own.alarm} note={own.alarmNote} className="policy-wide">
      <div className="policy-line">
        <span>{own.audioOff}</span>
        <NumberField {...props} path={['alarm', 'audioOffMinutes']} label={own.audioOff} />
      </div>
    </Panel>
  );
}
