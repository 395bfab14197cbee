/** Playing the bundled sample, and how fast. */
import { useState } from 'react';
import { errorText } from '../../app/language/language.ts';
import { Button, Panel, Segmented } from '../design/index.ts';
import { core, useRequireSignIn, useWard, useWords } from '../shell/index.ts';

const SPEEDS = ['1', '10', '60'] as const;
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
          ? words.demo.running(demonstration.speed)
          : isLeft
            ? words.demo.leftOver
            : words.demo.stopped}
      </p>
      <div className="system-row">
        {!running && <SpeedChoice speed={speed} onChange={setSpeed} />}
        <Button onPress={press}>{running ? words.demo.stop : words.demo.start}</Button>
        {isLeft && <Button onPress={remove}>{words.demo.remove}</Button>}
      </div>
      {problem !== null && <p role="alert">{problem}</p>}
    </Panel>
  );
}
