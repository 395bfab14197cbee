/** Whether a patient's care may teach a model: what was recorded last, and recording it. */
import { Button, Panel } from '../design/index.ts';
import { dateTime } from '../patients/date-time.ts';
import { Said } from '../patients/said.tsx';
import { useCommand } from '../patients/use-command.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { useQuery } from '../query/use-query.ts';
import { useWords } from '../shell/index.ts';
import { useMay } from '../system/intake-form.tsx';

export function Consent({ patientId }: { readonly patientId: string }) {
  const { words, language } = useWords();
  const { learning } = words;
  const sending = useCommand();
  const may = useMay('manage-learning');
  const again = `${may} ${sending.busy}`;
  const asked = useQuery('consent.of', { patientId }, { again });
  const last = asked.value;
  const record = (given: boolean): void => sending.send('consent.record', { patientId, given });
  return (
    <Panel title={learning.consent} note={learning.consentNote}>
      <div className="patients-form">
        {asked.error !== null ? (
          <ReadNotice asked={asked} what={learning.consent} />
        ) : (
          <p>
            {last === null
              ? learning.consentNone
              : (last.given ? learning.consentGiven : learning.consentWithdrawn)(
                  last.by,
                  dateTime(language, last.at),
                )}
          </p>
        )}
        <Button isDisabled={sending.busy || last?.given === true} onPress={() => record(true)}>
          {learning.give}
        </Button>
        <Button isDisabled={sending.busy || last?.given === false} onPress={() => record(false)}>
          {learning.withdraw}
        </Button>
        {sending.error !== null && <Said sending={sending} />}
      </div>
    </Panel>
  );
}
