/** What a hand works with: keypad, consciousness, air or oxygen and its flow. */
import { ACVPU, type Acvpu } from '../../app/observation/vital.ts';
import { Choice, Keypad } from '../design/index.ts';
import { useWords } from '../shell/index.ts';
import type { Draft, TypedField } from './draft.ts';
import type { ActiveField } from './fields.tsx';

export interface ChoosersProps {
  readonly draft: Draft;
  readonly active: ActiveField;
  readonly onDigit: (digit: string) => void;
  readonly onPoint: () => void;
  readonly onDelete: () => void;
  readonly onAcvpu: (level: Acvpu) => void;
  readonly onOxygen: (onOxygen: boolean) => void;
  readonly onType: (field: TypedField, text: string) => void;
}

/** Flows of nasal cannulae and simple masks; others are typed. */
const FLOWS = ['1', '2', '3', '4', '5', '6', '10', '15'] as const;

export function Choosers({
  draft,
  active,
  onDigit,
  onPoint,
  onDelete,
  onAcvpu,
  onOxygen,
  onType,
}: ChoosersProps) {
  const { words } = useWords();
  const flow = draft.typed.o2_flow ?? '';
  return (
    <div className="entry-choosers">
      <div className="entry-chooser">
        <h3>{words.entry.consciousness}</h3>
        <Choice
          label={words.entry.consciousness}
          critical
          value={draft.acvpu}
          options={ACVPU.map((level) => ({ value: level, label: level, detail: words.entry.acvpu[level] }))}
          onChange={onAcvpu}
        />
        <h3>{words.entry.oxygen}</h3>
        <Choice
          label={words.entry.oxygen}
          critical
          value={draft.onOxygen === null ? null : draft.onOxygen ? 'oxygen' : 'air'}
          options={[
            { value: 'air', label: words.entry.roomAir },
            { value: 'oxygen', label: words.entry.onOxygen, detail: 'L/min' },
          ]}
          onChange={(value) => onOxygen(value === 'oxygen')}
        />
        {draft.onOxygen === true && (
          <>
            <h3>{words.entry.flow}</h3>
            <Choice
              label={words.entry.flow}
              critical
              columns={4}
              value={FLOWS.find((one) => one === flow) ?? null}
              options={FLOWS.map((one) => ({ value: one, label: one }))}
              onChange={(value) => onType('o2_flow', value)}
            />
          </>
        )}
      </div>
      <Keypad
        label={words.entry.keypad}
        deleteLabel={words.common.delete}
        onDigit={onDigit}
        onPoint={active === 'temp_c' ? onPoint : undefined}
        onDelete={onDelete}
      />
    </div>
  );
}
