/** One bed: its numerals with their ages, the observation chart, trends, alerts and actions. Actions never scroll. */
import { useState } from 'react';
import type { PatientView } from '../../app/contract/views.ts';
import { formatTime } from '../../app/language/language.ts';
import { Button, IconBack, News2Block, Tag, WithSubscripts } from '../design/index.ts';
import { go, type ShownBed, scoreNow, useNow, useWard, useWords } from '../shell/index.ts';
import { BedAlerts } from './bed-alerts.tsx';
import { ChartPanel } from './chart-panel.tsx';
import { HOURS, type Hours } from './hours.ts';
import { Numerals } from './numerals.tsx';
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
  const shown = scoreNow(bed, now);
  return (
    <div className="bed-room">
      <div className="bed-view">
        <BedHead bed={bed} />
        <Numerals bed={bed} shown={shown} now={now} />
        <ChartPanel bed={bed} shown={shown} now={now} hours={hours} offered={HOURS} onHours={setHours} />
        <BedAlerts bed={bed} />
      </div>
    </div>
  );
}

function BedHead({ bed }: { readonly bed: ShownBed }) {
  const { words, language } = useWords();
  const now = useNow();
  const { view } = bed;
  const { patient, derived } = view;
  const shown = scoreNow(bed, now);
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
        {patient.demonstration && <Tag tone="demo">{words.demo.mark}</Tag>}
      </div>
      <dl className="bed-derived">
        <Derived
          name={words.bed.qsofa}
          value={derived.qsofa === null ? null : words.bed.qsofaOf(derived.qsofa)}
        />
        <Derived name={words.bed.map} value={derived.map === null ? null : `${derived.map}\u00a0mmHg`} />
        <Derived
          name={words.bed.shockIndex}
          value={derived.shockIndex === null ? null : derived.shockIndex.toFixed(2)}
        />
      </dl>
      <News2Block score={shown.score} size="bed" stale={shown.stale} language={language} />
    </section>
  );
}

export function identityOf(patient: PatientView, sex: string): string {
  return `${patient.ageYears ?? ''} ${sex} · ${patient.identifier}`.trim();
}

function Derived({ name, value }: { readonly name: string; readonly value: string | null }) {
  const { words } = useWords();
  return (
    <div>
      <dt>
        <WithSubscripts text={name} />
      </dt>
      <dd className="num" title={value === null ? words.bed.notDerived : undefined}>
        {value ?? '—'}
      </dd>
    </div>
  );
}
