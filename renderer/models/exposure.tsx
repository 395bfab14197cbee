/** How much an adapter must have written on trial before it may go on: a ward's own rule. */
import { useState } from 'react';
import { type ExposurePolicy, exposurePolicySchema } from '../../app/learning/adapters/life.ts';
import { Button, Field, Panel } from '../design/index.ts';
import { Said } from '../patients/said.tsx';
import { useCommand } from '../patients/use-command.ts';
import { useWords } from '../shell/index.ts';

const PARTS = ['shadowLeast', 'canaryLeast', 'canaryHours'] as const;
type Part = (typeof PARTS)[number];

export interface ExposureProps {
  readonly policy: ExposurePolicy;
  readonly onChange: () => void;
}

export function ExposureForm({ policy, onChange }: ExposureProps) {
  const { words } = useWords();
  const told = words.models;
  const sending = useCommand();
  const [typed, setTyped] = useState<Partial<Record<Part, string>>>({});
  const shownOf = (part: Part): string => typed[part] ?? String(policy[part]);
  const given = Object.fromEntries(PARTS.map((part) => [part, numberOf(shownOf(part))]));
  const checked = exposurePolicySchema.safeParse(given);
  const isWrong = (part: Part): boolean =>
    !checked.success && checked.error.issues.some(({ path }) => path[0] === part);
  const isChanged = PARTS.some((part) => shownOf(part) !== String(policy[part]));
  return (
    <Panel title={told.exposureRule}>
      <form
        className="models-form"
        aria-label={told.exposureRule}
        onSubmit={(event) => {
          event.preventDefault();
          if (!checked.success) return;
          sending.send('adapter.exposure', checked.data, () => {
            setTyped({});
            onChange();
          });
        }}
      >
        <p className="models-quiet">{told.exposureLead}</p>
        {PARTS.map((part) => (
          <Field
            key={part}
            label={told.exposureParts[part]}
            value={shownOf(part)}
            maxLength={6}
            error={isWrong(part) ? told.exposureWrong[part] : null}
            onChange={(value) => setTyped({ ...typed, [part]: value })}
          />
        ))}
        <Button type="submit" isDisabled={!isChanged || !checked.success || sending.busy}>
          {words.common.save}
        </Button>
        <Said sending={sending} />
      </form>
    </Panel>
  );
}

/** What is no number stays a text, which the rule refuses. */
function numberOf(text: string): unknown {
  return /^\d+([.,]\d+)?$/u.test(text.trim()) ? Number(text.trim().replace(',', '.')) : text;
}
