/** Playing the bundled sample or a file, and how fast. */
import { useId, useState } from 'react';
import { LARGEST_IMPORT } from '../../app/contract/calls/imports.ts';
import { errorText } from '../../app/language/language.ts';
import { Button, Panel, Segmented } from '../design/index.ts';
import { core, useRequireSignIn, useWard, useWords } from '../shell/index.ts';

const SPEEDS = ['1', '10', '60', '600'] as const;
export type SampleSpeed = (typeof SPEEDS)[number];

export interface SpeedChoiceProps {
  readonly speed: SampleSpeed;
  readonly onChange: (speed: SampleSpeed) => void;
}

/** How many times as fast as life the sample is played. */
export function SpeedChoice({ speed, onChange }: SpeedChoiceProps) {
  const { words } = useWords();
  return (
    <Segmented
      label={words.demo.speed}
      value={speed}
      onChange={onChange}
      options={SPEEDS.map((value) => ({ value, label: words.demo.speedOf(Number(value)) }))}
    />
  );
}

export function SampleData() {
  const { words, language } = useWords();
  const demonstration = useWard((state) => state.system?.demonstration ?? null);
  const requireSignIn = useRequireSignIn();
  const id = useId();
  const [speed, setSpeed] = useState<SampleSpeed>('1');
  const [problem, setProblem] = useState<string | null>(null);
  const running = demonstration?.running === true;

  const press = () =>
    requireSignIn(() => {
      const asked = running
        ? core.command('demonstration.stop', {})
        : core.command('demonstration.start', { speed: Number(speed) });
      void asked.then((answer) => setProblem(answer.ok ? null : errorText(language, answer.error)));
    });
  // The page gets what the file holds from the system's own dialogue, and never a path.
  const replay = async (file: File): Promise<void> => {
    setProblem(null);
    if (file.size > LARGEST_IMPORT) return setProblem(words.demo.fileTooLarge);
    const text = await file.text();
    const answer = await core.command('demonstration.start', { speed: Number(speed), text });
    if (answer.ok) return;
    const isFile = answer.error.code === 'file-unreadable';
    setProblem(isFile ? words.demo.fileRefused : errorText(language, answer.error));
  };
  const isLeft = demonstration !== null && !running;
  const remove = () =>
    requireSignIn(() => {
      void core
        .command('demonstration.stop', {})
        .then((answer) => setProblem(answer.ok ? null : errorText(language, answer.error)));
    });
  return (
    <Panel title={words.system.demonstration}>
      <p className="system-lead">{words.system.demonstrationNote}</p>
      <p className="system-note num">
        {running && demonstration !== null
          ? demonstration.isFile
            ? words.demo.fileRunning(demonstration.speed)
            : words.demo.running(demonstration.speed)
          : isLeft
            ? demonstration?.isFile === true
              ? words.demo.fileEnded
              : words.demo.leftOver
            : words.demo.stopped}
      </p>
      <div className="system-row">
        {!running && <SpeedChoice speed={speed} onChange={setSpeed} />}
        <Button onPress={press}>
          {running
            ? demonstration?.isFile === true
              ? words.demo.fileStop
              : words.demo.stop
            : words.demo.start}
        </Button>
        {isLeft && <Button onPress={remove}>{words.demo.remove}</Button>}
      </div>
      {running && demonstration !== null && (
        <>
          <progress
            value={demonstration.through}
            max={demonstration.rows}
            aria-label={words.demo.through(demonstration.through, demonstration.rows)}
          />
          <p className="system-note num">{words.demo.through(demonstration.through, demonstration.rows)}</p>
        </>
      )}
      {!running && (
        <div className="field">
          <label htmlFor={id}>{words.demo.file}</label>
          <input
            id={id}
            type="file"
            className="field-input"
            accept=".csv,.tsv,.txt,.hl7,.json,text/csv,application/json"
            onChange={({ currentTarget }) => {
              const chosen = currentTarget.files?.[0];
              currentTarget.value = '';
              if (chosen !== undefined) requireSignIn(() => void replay(chosen));
            }}
          />
          <p className="field-note">{words.demo.fileNote}</p>
        </div>
      )}
      {problem !== null && <p role="alert">{problem}</p>}
    </Panel>
  );
}
