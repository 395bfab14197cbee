/** Handover drafts: of one bed or of the whole ward, to read and to print. */
import { useState } from 'react';
import { HANDOVER_FORMS, type HandoverForm } from '../../app/handover/forms.ts';
import { formatDate, formatTime } from '../../app/language/language.ts';
import { Button, IconBack, Segmented, Tag, WithSubscripts } from '../design/index.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { useQuery } from '../query/use-query.ts';
import { goBack, type ShownBed, useWard, useWords } from '../shell/index.ts';
import './handover.css';

/** Usual lengths of a shift, and a day. */
const HOURS = ['8', '12', '24'] as const;

export function HandoverView({ patientId }: { readonly patientId: string | null }) {
  const { words } = useWords();
  const own = words.handover;
  const beds = useWard((state) => state.beds);
  const [form, setForm] = useState<HandoverForm>('sbar');
  const [hours, setHours] = useState<(typeof HOURS)[number]>('12');
  const [whom, setWhom] = useState<'bed' | 'ward'>(patientId === null ? 'ward' : 'bed');
  const all = Object.values(beds).sort((a, b) =>
    a.view.bed.localeCompare(b.view.bed, undefined, { numeric: true }),
  );
  const shown = whom === 'ward' ? all : all.filter(({ view }) => view.patient.id === patientId);
  return (
    <div className="page handover">
      <header className="handover-head">
        <Button variant="ghost" aria-label={words.common.back} onPress={goBack}>
          <IconBack />
        </Button>
        <h1>{own.title}</h1>
        <Segmented
          label={own.form}
          value={form}
          options={HANDOVER_FORMS.map((one) => ({ value: one, label: own.forms[one] }))}
          onChange={setForm}
        />
        <Segmented
          label={own.hours}
          value={hours}
          options={HOURS.map((one) => ({ value: one, label: `${one} h` }))}
          onChange={setHours}
        />
        {patientId !== null && (
          <Segmented
            label={own.whom}
            value={whom}
            options={[
              { value: 'bed', label: own.oneBed },
              { value: 'ward', label: own.wholeWard },
            ]}
            onChange={setWhom}
          />
        )}
        <Button onPress={() => window.print()}>{own.print}</Button>
      </header>
      {shown.length === 0 && <p>{whom === 'ward' ? own.noBeds : words.bed.gone}</p>}
      {shown.map((bed) => (
        <Sheet key={bed.view.patient.id} bed={bed} form={form} hours={Number(hours)} />
      ))}
    </div>
  );
}

interface SheetProps {
  readonly bed: ShownBed;
  readonly form: HandoverForm;
  readonly hours: number;
}

/** One patient's draft, with the bed, the name and the number that paper needs and nothing more of who it is. */
function Sheet({ bed, form, hours }: SheetProps) {
  const { words, language } = useWords();
  const own = words.handover;
  const { patient, bed: number } = bed.view;
  const asked = useQuery(
    'patient.handover',
    { patientId: patient.id, hours, form },
    { about: language, everyMs: 60_000 },
  );
  const { value } = asked;
  return (
    <article className="handover-sheet" aria-label={`${own.title} ${number}`}>
      <header>
        <b className="bed-number num">{number}</b>
        <h2>{patient.name}</h2>
        <span className="num">{patient.identifier}</span>
        {patient.demonstration && <Tag tone="demo">{words.demo.mark}</Tag>}
        <Tag tone="tech">{own.draft}</Tag>
        {value !== null && (
          <span className="num">
            {own.made(formatTime(language, value.at))}, {formatDate(language, value.at)}
          </span>
        )}
      </header>
      <ReadNotice asked={asked} what={own.title} />
      {value !== null && (
        <div lang={value.language}>
          {value.sections.map(({ section, sentences }) => (
            <section key={section}>
              <h3>{own.sections[section]}</h3>
              <ul>
                {sentences.map(({ text, quote }, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a sentence has no other name than its place
                  <li key={index}>
                    <WithSubscripts text={text} />
                    {quote !== null && <q>{quote}</q>}
                  </li>
                ))}
              </ul>
            </section>
          ))}
          {value.withheld > 0 && <p role="status">{own.withheld(value.withheld)}</p>}
          <p className="handover-note">{own.note}</p>
        </div>
      )}
    </article>
  );
}
