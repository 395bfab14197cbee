/** An unusual value waits in the flow, unscored, until the person says what it is. It covers nothing. */
import type { AppError } from '../../app/contract/outcome.ts';
import { vitalName } from '../../app/language/language.ts';
import { VITALS } from '../../app/observation/vital.ts';
import { Button, WithSubscripts } from '../design/index.ts';
import { useWords } from '../shell/index.ts';

export interface UnusualProps {
  /** The core's `needs-confirmation`: vital, value and, where there is one, the previous value. */
  readonly parameters: AppError['parameters'];
  readonly onTypeAgain: () => void;
  readonly onKeep: () => void;
  readonly onLeaveEmpty: () => void;
}

export function Unusual({ parameters, onTypeAgain, onKeep, onLeaveEmpty }: UnusualProps) {
  const { words, language } = useWords();
  const vital = VITALS.find((one) => one === parameters.vital);
  const name = vital === undefined ? '' : vitalName(language, vital, 'long');
  const value = String(parameters.value ?? '');
  const previous = parameters.previous;
  const question =
    previous === undefined ? words.entry.unusual(value) : words.entry.unusualLast(value, String(previous));
  return (
    <section className="entry-unusual" role="alert">
      <h3>
        <WithSubscripts text={name} />: {question}
      </h3>
      <p>{words.entry.unusualDetail}</p>
      <div className="entry-unusual-actions">
        <Button variant="primary" critical onPress={onTypeAgain}>
          {words.entry.typeAgain}
        </Button>
        <Button critical detail={words.entry.keepDetail} onPress={onKeep}>
          {words.entry.keep(value)}
        </Button>
        <Button critical detail={words.entry.leaveEmptyDetail} onPress={onLeaveEmpty}>
          {words.entry.leaveEmpty}
        </Button>
      </div>
    </section>
  );
}
