/** The next step of an adapter on its way to the bed, and what takes it off that way. */
import { useState } from 'react';
import type { AdapterView } from '../../app/contract/calls/adapters.ts';
import type { Canary, ExposurePolicy } from '../../app/learning/adapters/life.ts';
import { Button, Choice, Field } from '../design/index.ts';
import { Said } from '../patients/said.tsx';
import { useCommand } from '../patients/use-command.ts';
import { useWords } from '../shell/index.ts';

export interface NextStepProps {
  readonly adapter: AdapterView;
  readonly policy: ExposurePolicy;
  readonly onChange: () => void;
}

const MOST_PERCENT = 50;

export function NextStep({ adapter, policy, onChange }: NextStepProps) {
  const { words } = useWords();
  const told = words.models;
  const sending = useCommand();
  const { id, state, exposure, signatures } = adapter;
  const enoughShadow = (exposure?.explanations ?? 0) >= policy.shadowLeast;
  const enoughCanary =
    (exposure?.explanations ?? 0) >= policy.canaryLeast && (exposure?.hours ?? 0) >= policy.canaryHours;
  const mayCanary =
    (state === 'candidate' && policy.shadowLeast === 0) ||
    (state === 'shadow' && enoughShadow) ||
    state === 'canary';
  const mayWithdraw = !['shadow', 'canary', 'production', 'withdrawn'].includes(state);
  if (state === 'withdrawn') return null;
  return (
    <section aria-label={told.next} className="models-part">
      <h3>{told.next}</h3>
      {mayCanary && (
        <CanaryForm
          isChange={state === 'canary'}
          onChosen={(canary) => sending.send('adapter.canary', { id, canary }, onChange)}
        />
      )}
      <div className="models-row">
        {state === 'candidate' && (
          <Button
            variant="primary"
            isDisabled={sending.busy}
            onPress={() => sending.send('adapter.shadow', { id }, onChange)}
          >
            {told.toShadow}
          </Button>
        )}
        {state === 'canary' && (
          <Button
            variant="primary"
            isDisabled={!enoughCanary || sending.busy}
            onPress={() => sending.send('adapter.promote', { id }, onChange)}
          >
            {told.toProduction}
          </Button>
        )}
        {mayWithdraw && (
          <Button
            isDisabled={sending.busy}
            onPress={() => sending.send('adapter.withdraw', { id }, onChange)}
          >
            {told.withdraw}
          </Button>
        )}
      </div>
      <Said sending={sending} />
      {signatures.length === 2 && <CopyOut id={id} />}
      {signatures.length === 2 && <Publish id={id} />}
    </section>
  );
}

interface CanaryFormProps {
  readonly isChange: boolean;
  readonly onChosen: (canary: Canary) => void;
}

function CanaryForm({ isChange, onChosen }: CanaryFormProps) {
  const { words } = useWords();
  const told = words.models;
  const [by, setBy] = useState<Canary['by']>('beds');
  const [beds, setBeds] = useState('');
  const [percent, setPercent] = useState('10');
  const list = beds
    .split(',')
    .map((bed) => bed.trim())
    .filter((bed) => bed !== '');
  const share = Number(percent);
  const isWhole = Number.isInteger(share) && share >= 1 && share <= MOST_PERCENT;
  const isReady = by === 'beds' ? list.length > 0 : isWhole;
  return (
    <form
      className="models-form"
      aria-label={told.toCanary}
      onSubmit={(event) => {
        event.preventDefault();
        onChosen(by === 'beds' ? { by, beds: list } : { by, percent: share });
      }}
    >
      <Choice
        label={told.canaryBy}
        value={by}
        options={(['beds', 'share'] as const).map((value) => ({ value, label: told.canaryChoices[value] }))}
        onChange={setBy}
      />
      {by === 'beds' ? (
        <Field label={told.beds} value={beds} maxLength={400} onChange={setBeds} />
      ) : (
        <Field label={told.percent} value={percent} maxLength={2} onChange={setPercent} />
      )}
      <Button type="submit" variant={isChange ? 'secondary' : 'primary'} isDisabled={!isReady}>
        {isChange ? told.moreBeds : told.toCanary}
      </Button>
    </form>
  );
}

function Publish({ id }: { readonly id: string }) {
  const { words } = useWords();
  const told = words.exchange;
  const sending = useCommand();
  const [said, setSaid] = useState('');
  return (
    <div className="models-form">
      <Button
        isDisabled={sending.busy}
        onPress={() =>
          sending.send('exchange.publish', { id }, ({ bundle, files }) =>
            setSaid(told.published(bundle, files)),
          )
        }
      >
        {told.publish}
      </Button>
      <Said sending={sending} text={said} />
    </div>
  );
}

function CopyOut({ id }: { readonly id: string }) {
  const { words } = useWords();
  const told = words.models;
  const sending = useCommand();
  const [folder, setFolder] = useState('');
  return (
    <form
      className="models-form"
      aria-label={told.exportTo}
      onSubmit={(event) => {
        event.preventDefault();
        sending.send('adapter.export', { id, folder: folder.trim() });
      }}
    >
      <Field label={told.exportTo} value={folder} maxLength={4096} onChange={setFolder} />
      <Button type="submit" isDisabled={folder.trim() === '' || sending.busy}>
        {told.exportNow}
      </Button>
      <Said sending={sending} text={told.exported} />
    </form>
  );
}
