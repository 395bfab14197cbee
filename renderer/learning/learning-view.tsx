/** Data sets: building one, how it stands against the guide's targets, looking at it, letting it leave. */
import { useState } from 'react';
import type { DataSetView } from '../../app/contract/calls/learning.ts';
import { Button, Field, Panel } from '../design/index.ts';
import { Said } from '../patients/said.tsx';
import { useCommand } from '../patients/use-command.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { useQuery } from '../query/use-query.ts';
import { useWords } from '../shell/index.ts';
import { useMay } from '../system/intake-form.tsx';
import { DataSet } from './data-set.tsx';
import './learning.css';

/** How often the list is read while one is built. */
const LOOK_MS = 2_000;
const MOST_SYNTHETIC = 50_000;
const MOST_SEED = 0xffffffff;

export function LearningView() {
  const { words } = useWords();
  const may = useMay('manage-learning');
  const [changes, setChanges] = useState(0);
  const asked = useQuery(
    'data-set.state',
    {},
    {
      about: String(may),
      again: changes,
      everyMs: LOOK_MS,
    },
  );
  const state = asked.value;
  const changed = (): void => setChanges((count) => count + 1);
  return (
    <div className="page learning">
      <Panel title={words.learning.title} note={words.learning.note}>
        <p className="learning-lead">{words.learning.lead}</p>
        {state?.problem != null && <p role="alert">{words.learning.problem(state.problem)}</p>}
        {state?.building === true && <p role="status">{words.learning.building}</p>}
        <Build isBusy={state?.building === true} onBegun={changed} />
      </Panel>
      {state === null || state.dataSets.length === 0 ? (
        <ReadNotice asked={asked} what={words.learning.what} empty={words.learning.none} />
      ) : (
        state.dataSets.map((dataSet: DataSetView) => (
          <DataSet key={dataSet.id} dataSet={dataSet} onChange={changed} />
        ))
      )}
    </div>
  );
}

function Build({ isBusy, onBegun }: { readonly isBusy: boolean; readonly onBegun: () => void }) {
  const { words } = useWords();
  const { learning } = words;
  const sending = useCommand();
  const [synthetic, setSynthetic] = useState('10000');
  const [seed, setSeed] = useState('1');
  const isCount = isWhole(synthetic, MOST_SYNTHETIC);
  const isSeed = isWhole(seed, MOST_SEED);
  return (
    <div className="learning-form">
      <Field
        label={learning.synthetic}
        hint={learning.syntheticHint}
        value={synthetic}
        error={isCount ? null : learning.wrongNumber(0, MOST_SYNTHETIC)}
        maxLength={5}
        onChange={setSynthetic}
      />
      <Field
        label={learning.seed}
        hint={learning.seedHint}
        value={seed}
        error={isSeed ? null : learning.wrongNumber(0, MOST_SEED)}
        maxLength={10}
        onChange={setSeed}
      />
      <Button
        variant="primary"
        isDisabled={isBusy || sending.busy || !isCount || !isSeed}
        onPress={() =>
          sending.send('data-set.build', { seed: Number(seed), synthetic: Number(synthetic) }, onBegun)
        }
      >
        {learning.build}
      </Button>
      {sending.error !== null && <Said sending={sending} />}
    </div>
  );
}

function isWhole(text: string, most: number): boolean {
  return /^\d{1,10}$/.test(text) && Number(text) <= most;
}
