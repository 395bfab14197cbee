/** One bed: its numerals with their ages, the observation chart, trends, alerts and actions. Actions never scroll. */
import { type ReactNode, useState } from 'react';
import type { PatientView } from '../../app/contract/views.ts';
import { formatAge, formatTime } from '../../app/language/language.ts';
import type { Signal } from '../../app/scoring/signals.ts';
import { Button, IconBack, News2Block, Tag, WithSubscripts } from '../design/index.ts';
import { PatientBadges } from '../patients/badges.tsx';
import { go, type ShownBed, scoreNow, useNow, useWard, useWords } from '../shell/index.ts';
import { BasisPanel, signalValue } from './basis-panel.tsx';
import { BedAlerts } from './bed-alerts.tsx';
import { ChartPanel } from './chart-panel.tsx';
import { HOURS, type Hours } from './hours.ts';
import { Numerals } from './numerals.tsx';
import { signalsNow } from './signals-now.ts';
import './bed-view.css';

export function BedView({ patientId }: { readonly patientId: string }) {
  const { words } = useWords();
  const bed = useWard((state) => state.beds[patientId]);
  if (bed === undefined)
    return (
      <div className="bed-gone">
        <p>{words.bed.gone}</p>
        <Button onPress={() => go({ view: 'ward' })}>{words.frame.ward}</Button>
      </div>
    );
  return <KnownBed key={patientId} bed={bed} />;
}

function KnownBed({ bed }: { readonly bed: ShownBed }) {
  const now = useNow();
  const [hours, setHours] = useState<Hours>('16');
  const [basis, setBasis] = useState(false);
  const shown = scoreNow(bed, now);
  return (
    <div className="bed-room">
      <div className={`bed-view ${basis ? 'bed-view-basis' : ''}`}>
        <BedHead bed={bed} basis={basis} onBasis={() => setBasis(!basis)} />
        {basis && <BasisPanel bed={bed} shown={shown} now={now} onClose={() => setBasis(false)} />}
        <Numerals bed={bed} shown={shown} now={now} />
        <ChartPanel bed={bed} shown={shown} now={now} hours={hours} offered={HOURS} onHours={setHours} />
        <BedAlerts bed={bed} />
      </div>
    </div>
  );
}

interface BedHeadProps {
  readonly bed: ShownBed;
  /** What the scores rest on is shown. */
  readonly basis: boolean;
  readonly onBasis: () => void;
}

function BedHead({ bed, basis, onBasis }: BedHeadProps) {
  const { words, language } = useWords();
  const now = useNow();
  const { view } = bed;
  const { patient } = view;
  const shown = scoreNow(bed, now);
  const signals = signalsNow(bed, shown, now);
  const of = (rule: Signal['rule']) => signals.find((signal) => signal.rule === rule);
  return (
    <section className="bed-head" aria-label={words.bed.title(view.bed)}>
      <Button variant="ghost" aria-label={words.common.back} onPress={() => go({ view: 'ward' })}>
        <IconBack />
      </Button>
      <b className="bed-number num">{view.bed}</b>
      <div className="bed-patient">
        <h1>{patient.name}</h1>
        <p className="num">
          {identityOf(patient, words.common.sex[patient.sex])},{' '}
          {words.bed.admitted(formatTime(language, patient.admittedAt))}
        </p>
      </div>
      <div className="bed-tags">
        <Tag>
          <span>
            <WithSubscripts text={`SpO2\u00a0${words.bed.spo2Scale(patient.spo2Scale)}`} />
          </span>
        </Tag>
        {patient.pregnant && <Tag>{words.bed.pregnant}</Tag>}
        {patient.spinalInjury === true && <Tag tone="tech">{words.basis.spinal}</Tag>}
        <PatientBadges view={view} />
        {patient.demonstration && <Tag tone="demo">{words.demo.mark}</Tag>}
      </div>
      <dl className="bed-derived">
        <Derived name={words.bed.qsofa} signal={of('qsofa')} />
        <Derived name={words.bed.map} signal={of('map-low')} />
        <Derived name={words.bed.shockIndex} signal={of('shock-index')} />
      </dl>
      <News2Block score={shown.score} size="bed" stale={shown.stale} language={language} />
      <Button variant="ghost" className="bed-basis-open" aria-expanded={basis} onPress={onBasis}>
        {words.basis.show}
        {shown.oldestAgeMs !== null && (
          <span className="bed-oldest num">
            {words.basis.oldest} {formatAge(language, shown.oldestAgeMs)}
          </span>
        )}
      </Button>
    </section>
  );
}

export function identityOf(patient: PatientView, sex: string): string {
  return `${patient.ageYears ?? ''} ${sex} · ${patient.identifier}`.trim();
}

/** A computed value in the head: a bound is marked as one, and what is missing is told in words on request. */
function Derived({ name, signal }: { readonly name: string; readonly signal: Signal | undefined }) {
  const { words, language } = useWords();
  const told = signal === undefined ? words.bed.notDerived : signalValue(signal, words, language);
  return (
    <div>
      <dt>
        <WithSubscripts text={name} />
      </dt>
      <dd className={`num ${isStale(signal) ? 'bed-derived-stale' : ''}`} title={told}>
        {shortValue(signal, told)}
        <span className="only-heard">{told}</span>
      </dd>
    </div>
  );
}

function shortValue(signal: Signal | undefined, told: string): ReactNode {
  if (signal?.state === 'complete') return <span aria-hidden="true">{told}</span>;
  const bound = signal?.state === 'incomplete' ? signal.atLeast : null;
  return <span aria-hidden="true">{bound === null ? '—' : `≥ ${bound}`}</span>;
}

function isStale(signal: Signal | undefined): boolean {
  return signal?.state === 'complete' && !signal.current;
}
