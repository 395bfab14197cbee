/** Entering observations by hand: one screen, the monitor's values already there, the score live beside it. */
import { useState } from 'react';
import { mayDo } from '../../app/access/access.ts';
import type { AppError } from '../../app/contract/outcome.ts';
import { errorText, formatTime, type LanguageCode } from '../../app/language/language.ts';
import { VITAL_RANGES } from '../../app/observation/vital.ts';
import { isApplicable, leastTotal, type Score } from '../../app/scoring/score.ts';
import { identityOf } from '../bed/bed-view.tsx';
import { Button, Panel, Segmented, Tag, WithSubscripts } from '../design/index.ts';
import {
  core,
  goBack,
  readingsOf,
  type ShownBed,
  scoreNow,
  useNow,
  useOnLeaving,
  useRequireSignIn,
  useWard,
  useWords,
} from '../shell/index.ts';
import { diastolicOf } from '../vitals/standing.ts';
import { shownParameters } from '../vitals/writing.ts';
import { ChooseBed } from './choose-bed.tsx';
import { Choosers } from './choosers.tsx';
import {
  type Draft,
  draftNow,
  isInRange,
  numberOf,
  settleDraft,
  TYPED_FIELDS,
  type TypedField,
  useDraft,
  valuesOf,
  withCharacter,
} from './draft.ts';
import { useFieldKeys } from './field-keys.ts';
import { type ActiveField, FieldRows } from './fields.tsx';
import { LastSets } from './last-sets.tsx';
import { LivePanel } from './live-panel.tsx';
import { liveScore } from './live-score.ts';
import { Unusual } from './unusual.tsx';
import './entry-view.css';

export function EntryView({ patientId }: { readonly patientId: string | null }) {
  const bed = useWard((state) => (patientId === null ? undefined : state.beds[patientId]));
  return bed === undefined ? <ChooseBed /> : <Entry key={patientId} bed={bed} />;
}

/** Minutes ago that an observation may be said to have been made at, without typing a time. */
const MINUTES_AGO = ['0', '5', '15', '30'] as const;
type MinutesAgo = (typeof MINUTES_AGO)[number];

function signedInNow(): string | null {
  return useWard.getState().session.person?.id ?? null;
}

type Said =
  | { readonly kind: 'error'; readonly error: AppError }
  | { readonly kind: 'saved'; readonly at: string; readonly score: Score }
  | null;

function Entry({ bed }: { readonly bed: ShownBed }) {
  const { words, language } = useWords();
  const now = useNow();
  const person = useWard((state) => state.session.person);
  const requireSignIn = useRequireSignIn();
  const { view } = bed;
  const patientId = view.patient.id;
  const { draft, change } = useDraft(person?.id ?? null, patientId);
  const [active, setActive] = useState<ActiveField>('rr');
  const [ago, setAgo] = useState<MinutesAgo>('0');
  const [asked, setAsked] = useState<AppError['parameters'] | null>(null);
  const [said, setSaid] = useState<Said>(null);
  const [busy, setBusy] = useState(false);

  const askedVital = asked === null ? null : (TYPED_FIELDS.find((field) => field === asked.vital) ?? null);
  const toConfirm = askedVital === null ? [] : [askedVital];
  const scored = scoreNow(bed, now);
  const readings = readingsOf(bed, now);
  const shown = shownParameters(readings, scored, language);
  const live = liveScore(view, Math.max(0, now - bed.receivedAt), draft, toConfirm);
  const values = valuesOf(draft);
  const isEmpty = Object.keys(values).length === 0;
  const implausible = TYPED_FIELDS.filter((field) => {
    const text = draft.typed[field] ?? '';
    const number = numberOf(text);
    return text !== '' && (number === null || !isInRange(field, number));
  });

  const type = (field: TypedField, text: string) => {
    if (field === askedVital) setAsked(null);
    setSaid(null);
    change({
      // Who types a flow says that there is oxygen; it is seen and scored at once.
      ...(field === 'o2_flow' && text !== '' ? { onOxygen: true } : {}),
      typed: { ...draft.typed, [field]: text },
      confirmed: draft.confirmed.filter((one) => one !== field),
    });
  };
  const typing =
    active === 'on_oxygen'
      ? draft.onOxygen === false
        ? null
        : 'o2_flow'
      : active === 'acvpu'
        ? null
        : active;
  const press = (character: string) => {
    if (typing !== null) type(typing, withCharacter(typing, draft.typed[typing] ?? '', character));
  };

  const erase = () => {
    if (typing !== null) type(typing, (draft.typed[typing] ?? '').slice(0, -1));
  };
  useFieldKeys(press, erase);
  useOnLeaving(() => {
    setAsked(null);
    setSaid(null);
    setAgo('0');
  });

  async function save(confirmed: readonly string[]): Promise<void> {
    setBusy(true);
    const saver = signedInNow();
    const minutes = Number(ago);
    const at = minutes === 0 ? {} : { observedAt: new Date(Date.now() - minutes * 60_000).toISOString() };
    const answer = await core.command('observation.enter', {
      patientId,
      ...at,
      values,
      confirmed: [...confirmed],
    });
    setBusy(false);
    if (answer.ok) settleDraft(saver, patientId, draft);
    // What is said about a save is said to the person who saved.
    if (signedInNow() !== saver) return;
    if (answer.ok) {
      setAsked(null);
      // The next set is of now again: an earlier time must be chosen each time. One chosen meanwhile is the next set's.
      setAgo((chosen) => (chosen === ago ? '0' : chosen));
      setSaid({ kind: 'saved', at: new Date().toISOString(), score: answer.value.score });
    } else if (answer.error.code === 'needs-confirmation') {
      const { vital } = answer.error.parameters;
      const field = TYPED_FIELDS.find((one) => one === vital);
      // A value that was changed meanwhile is not asked about: the next save is.
      const changed = field !== undefined && draftNow(saver, patientId).typed[field] !== draft.typed[field];
      if (!changed) setAsked(answer.error.parameters);
    } else setSaid({ kind: 'error', error: answer.error });
  }

  const refusal = isEmpty
    ? words.entry.nothingEntered
    : asked !== null
      ? words.entry.confirmFirst
      : implausible.length > 0
        ? implausibleText(language, implausible[0], draft)
        : person !== null && !mayDo(person.role, 'enter-observations')
          ? errorText(language, { code: 'not-permitted', parameters: {} })
          : undefined;
  const { complete } = live;
  const detail =
    person === null
      ? words.entry.signInToSave
      : complete
        ? words.entry.saveDetail(person.name, formatTime(language, new Date().toISOString()))
        : words.entry.saveIncomplete;

  return (
    <div className="entry-room">
      <div className="entry-view">
        <section className="bed-head" aria-label={words.entry.titleFor(view.bed)}>
          <b className="bed-number num">{view.bed}</b>
          <div className="bed-patient">
            <h1>{view.patient.name}</h1>
            <p className="num">{identityOf(view.patient, words.common.sex[view.patient.sex])}</p>
          </div>
          <div className="bed-tags">
            <Tag>
              <span>
                <WithSubscripts text={`SpO2\u00a0${words.bed.spo2Scale(view.patient.spo2Scale)}`} />
              </span>
            </Tag>
            {view.patient.demonstration && <Tag tone="demo">{words.demo.mark}</Tag>}
          </div>
          <span className="entry-when">{words.entry.observedAt}</span>
          <Segmented
            label={words.entry.observedAt}
            value={ago}
            options={MINUTES_AGO.map((value) => ({
              value,
              label: value === '0' ? words.entry.now : `−${words.common.minutes(Number(value))}`,
            }))}
            onChange={setAgo}
          />
          <Button shortcut="Esc" onPress={goBack}>
            {words.common.cancel}
          </Button>
        </section>
        <Panel title={words.entry.observations} note={words.entry.note} className="entry-observations">
          <FieldRows
            shown={shown}
            diastolic={diastolicOf(readings, scored.inputs)}
            draft={draft}
            score={live.score}
            toConfirm={toConfirm}
            active={active}
            onActive={setActive}
            onType={type}
          />
        </Panel>
        <Panel title={words.entry.title} className="entry-work">
          {asked !== null && (
            <Unusual
              parameters={asked}
              onTypeAgain={() => {
                if (askedVital !== null) {
                  type(askedVital, '');
                  setActive(askedVital);
                }
                setAsked(null);
              }}
              onKeep={() => {
                const confirmed = [...draft.confirmed, String(asked.vital)];
                change({ confirmed });
                setAsked(null);
                requireSignIn(() => void save(confirmed));
              }}
              onLeaveEmpty={() => {
                if (askedVital !== null) type(askedVital, '');
                setAsked(null);
              }}
            />
          )}
          <Choosers
            draft={draft}
            active={active}
            onDigit={press}
            onPoint={() => press('.')}
            onDelete={erase}
            onAcvpu={(acvpu) => {
              setSaid(null);
              setActive('acvpu');
              change({ acvpu });
            }}
            onOxygen={(onOxygen) => {
              setSaid(null);
              setActive('on_oxygen');
              change({ onOxygen });
            }}
            onType={type}
          />
          <LastSets patientId={patientId} />
        </Panel>
        <div className="entry-side">
          <LivePanel view={view} live={live} />
          <p className="entry-said" role="status">
            {said?.kind === 'error' && errorText(language, said.error)}
            {said?.kind === 'saved' && savedText(said)}
          </p>
          <Button
            variant={complete ? 'primary' : 'secondary'}
            critical
            isDisabled={refusal !== undefined || busy}
            disabledReason={refusal}
            detail={detail}
            onPress={() => requireSignIn(() => void save(draft.confirmed))}
          >
            {words.entry.save}
          </Button>
        </div>
      </div>
    </div>
  );

  function savedText({ at, score }: Extract<Said, { kind: 'saved' }>): string {
    const total = leastTotal(score);
    const bound = isApplicable(score) && !score.complete ? '≥' : '';
    const saved = words.entry.saved(formatTime(language, at));
    return total === null ? saved : `${saved}. ${words.entry.savedScore(`${bound}${total}`)}`;
  }
}

/** Which value cannot be a reading, and what could: the same words as the core's own refusal. */
function implausibleText(language: LanguageCode, field: TypedField | undefined, draft: Draft): string {
  if (field === undefined) return errorText(language, { code: 'internal', parameters: {} });
  const { least, most } = VITAL_RANGES[field];
  const parameters = { vital: field, value: draft.typed[field] ?? '', least, most };
  return errorText(language, { code: 'value-implausible', parameters });
}
