/** A ward without patients: three ways in, and nothing made up. */
import { type ComponentType, type ReactNode, useState } from 'react';
import { errorText } from '../../app/language/language.ts';
import { Button, IconCheck, IconEnter, IconPlay, IconPlug, type IconProps } from '../design/index.ts';
import { core, go, useRequireSignIn, useWords } from '../shell/index.ts';
import { IntakeState } from './intake-line.tsx';
import { type SampleSpeed, SpeedChoice } from './sample-data.tsx';
import './system.css';

export function FirstRun() {
  const { words, language } = useWords();
  const requireSignIn = useRequireSignIn();
  const [problem, setProblem] = useState<string | null>(null);
  const [speed, setSpeed] = useState<SampleSpeed>('1');
  const { firstRun } = words;
  const startSample = () =>
    requireSignIn(() => {
      void core.command('demonstration.start', { speed: Number(speed) }).then((answer) => {
        setProblem(answer.ok ? null : errorText(language, answer.error));
      });
    });
  return (
    <div className="first-run">
      <h2>{firstRun.title}</h2>
      <p className="first-run-lead">{firstRun.choose}</p>
      <div className="ways">
        <Way
          icon={IconPlug}
          title={firstRun.connect}
          text={firstRun.connectText}
          notes={firstRun.connectNotes}
          first
        >
          <IntakeState />
          <Button variant="primary" critical onPress={() => go({ view: 'system' })}>
            {firstRun.connectAction}
          </Button>
        </Way>
        <Way icon={IconEnter} title={firstRun.hand} text={firstRun.handText} notes={firstRun.handNotes}>
          <Button critical onPress={() => requireSignIn(() => go({ view: 'entry', patientId: null }))}>
            {firstRun.handAction}
          </Button>
        </Way>
        <Way icon={IconPlay} title={firstRun.sample} text={firstRun.sampleText} notes={firstRun.sampleNotes}>
          {problem !== null && <p role="alert">{problem}</p>}
          <SpeedChoice speed={speed} onChange={setSpeed} />
          <Button critical onPress={startSample}>
            {firstRun.sampleAction}
          </Button>
        </Way>
      </div>
      <p className="first-run-note">{firstRun.emptyOnPurpose}</p>
    </div>
  );
}

interface WayProps {
  readonly icon: ComponentType<IconProps>;
  readonly title: string;
  readonly text: string;
  readonly notes: readonly string[];
  readonly first?: boolean;
  readonly children: ReactNode;
}

function Way({ icon: Icon, title, text, notes, first = false, children }: WayProps) {
  return (
    <section className={`way ${first ? 'way-first' : ''}`} aria-label={title}>
      <span className="way-icon">
        <Icon size={30} />
      </span>
      <h3>{title}</h3>
      <p>{text}</p>
      <ul>
        {notes.map((note) => (
          <li key={note}>
            <IconCheck size={16} />
            {note}
          </li>
        ))}
      </ul>
      <div className="way-action">{children}</div>
    </section>
  );
}
