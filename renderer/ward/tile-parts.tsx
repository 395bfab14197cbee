/** What large tiles, compact tiles and rows have in common. */
import {
  formatAge,
  formatTime,
  type LanguageCode,
  type ScreenWords,
  vitalName,
} from '../../app/language/language.ts';
import { derive } from '../../app/scoring/derived.ts';
import { isApplicable, NEWS2_PARAMETERS, type News2Parameter } from '../../app/scoring/score.ts';
import {
  IconCheck,
  IconClock,
  IconDown,
  IconLevel,
  IconNoWave,
  IconPen,
  IconUp,
  IconWave,
  PriorityShape,
  ReadingCell,
  StepLine,
  Tag,
  useFlash,
  WithSubscripts,
} from '../design/index.ts';
import { countdown, headlineOf, nextStepLine, stateLine } from '../shell/alert-texts.ts';
import { go, isOwned, useNow, useWords } from '../shell/index.ts';
import { pointsOf, readingOf } from '../vitals/standing.ts';
import { TrendMark } from '../vitals/trend-mark.tsx';
import { trendOf as trendOfVital } from '../vitals/trend-of.ts';
import { formatOf } from '../vitals/writing.ts';
import { trendOf, type WardBed } from './ward-beds.ts';

/** The vital whose name heads each parameter's value. */
const NAMED_BY = {
  rr: 'rr',
  spo2: 'spo2',
  oxygen: 'on_oxygen',
  sbp: 'sbp',
  hr: 'hr',
  consciousness: 'acvpu',
  temp: 'temp_c',
} as const;

/** The short name over a parameter's value. Pressure is written as systolic over diastolic, so it has both's name. */
export function parameterName(words: ScreenWords, language: LanguageCode, parameter: News2Parameter): string {
  return parameter === 'sbp' ? words.ward.bloodPressure : vitalName(language, NAMED_BY[parameter]);
}

export function Who({ bed }: { readonly bed: WardBed }) {
  const { words } = useWords();
  const { patient } = bed.view;
  return (
    <div className="tile-who">
      <button
        type="button"
        className="tile-open"
        aria-label={words.ward.openBed(bed.bed, patient.name)}
        onClick={() => go({ view: 'bed', patientId: patient.id })}
      >
        {patient.name}
      </button>
      {patient.demonstration ? (
        <span>
          <Tag tone="demo">{words.demo.mark}</Tag>
        </span>
      ) : (
        <Identity bed={bed} />
      )}
    </div>
  );
}

/** Age, sex and hospital number; a demonstration patient has its mark in their place. */
function Identity({ bed }: { readonly bed: WardBed }) {
  const { words } = useWords();
  const { patient } = bed.view;
  return (
    <span className="tile-id num">
      {patient.ageYears ?? '?'} {words.common.sex[patient.sex]} · {patient.identifier}
    </span>
  );
}

/** What changes how the score is to be read. */
export function Badges({ bed }: { readonly bed: WardBed }) {
  const { words } = useWords();
  const { patient, toldBed } = bed.view;
  const { baseline, treatmentLimits } = patient;
  return (
    <>
      {toldBed !== undefined && <Tag tone="tech">{words.patients.toldBed(toldBed)}</Tag>}
      {baseline?.total !== undefined && baseline.total !== null && (
        <Tag>{words.patients.baselineShown(String(baseline.total))}</Tag>
      )}
      {treatmentLimits !== undefined && <Tag>{words.patients.limitsShown}</Tag>}
      {patient.pregnant && <Tag>{words.ward.pregnant}</Tag>}
      {patient.spinalInjury === true && <Tag tone="tech">{words.ward.spinal}</Tag>}
      {patient.spo2Scale === 2 && (
        <Tag>
          <span>
            SpO<sub>2</sub> {words.ward.spo2Scale(2)}
          </span>
        </Tag>
      )}
    </>
  );
}

export function FeedMark({ bed, words: withWords }: { readonly bed: WardBed; readonly words: boolean }) {
  const { words } = useWords();
  const { state } = bed.feed;
  const { text, icon } = {
    sending: { text: words.ward.live, icon: <IconWave size={18} /> },
    late: { text: words.ward.staleOrMissing, icon: <IconClock size={18} /> },
    silent: { text: words.ward.monitorNotSending, icon: <IconNoWave size={18} /> },
    single: { text: words.ward.singleSets, icon: <IconWave size={16} /> },
    none: { text: words.ward.byHand, icon: <IconPen size={16} /> },
  }[state];
  return (
    <span className={`tile-feed tile-feed-${state}`} title={text}>
      {icon}
      <span
        className={
          withWords && (state === 'sending' || state === 'single' || state === 'none') ? '' : 'only-heard'
        }
      >
        {text}
      </span>
    </span>
  );
}

/** The line of scores with how it came about; the reason in its place where there is no score. */
export function ScoreStory({ bed, size }: { readonly bed: WardBed; readonly size: 'large' | 'compact' }) {
  const { words, language } = useWords();
  const { score } = bed.scored;
  if (!isApplicable(score))
    return (
      <p className="tile-no-score">
        {score.reason === 'pregnant' ? words.ward.noScorePregnant : words.ward.noScoreUnder16}
      </p>
    );
  const trend = trendOf(bed.view.scoreHistory);
  return (
    <div className="tile-story">
      {size === 'large' && <span className="tile-story-title">{words.ward.history}</span>}
      <StepLine
        history={bed.view.scoreHistory}
        {...(size === 'large' ? { width: 256, height: 66 } : { width: 226, height: 42 })}
      />
      <span className="tile-trend num">
        {trend === null ? (
          words.ward.noHistory
        ) : (
          <>
            {trend.direction === 'up' ? (
              <IconUp size={14} />
            ) : trend.direction === 'down' ? (
              <IconDown size={14} />
            ) : (
              <IconLevel size={14} />
            )}
            {trend.from === null
              ? words.ward.since(formatTime(language, trend.at))
              : words.ward.from(String(trend.from), formatTime(language, trend.at))}
          </>
        )}
        {!score.complete && score.missing.length > 0 && ` · ${words.ward.missingCount(score.missing.length)}`}
      </span>
    </div>
  );
}

export function Vitals({ bed, size }: { readonly bed: WardBed; readonly size: 'large' | 'compact' }) {
  const { words, language } = useWords();
  const now = useNow();
  const { readings, scored } = bed;
  const map = derive(scored.vitals).map ?? null;
  return (
    <div className="tile-vitals">
      {NEWS2_PARAMETERS.map((parameter) => (
        <ReadingCell
          key={parameter}
          label={
            <>
              <WithSubscripts text={parameterName(words, language, parameter)} />
              {size === 'large' && <TrendMark trend={trendOfVital(bed.view, parameter)} withWindow={false} />}
            </>
          }
          reading={readingOf(parameter, readings, scored.inputs)}
          format={formatOf(parameter, readings, scored.inputs, words.ward.air, words.ward.oxygenOn)}
          points={chip(pointsOf(parameter, scored.score), size)}
          now={now}
          size={size}
          language={language}
        />
      ))}
      {size === 'large' && (
        <div className="reading reading-large">
          <span className="reading-label">{words.bed.map}</span>
          <span className="reading-age">{words.ward.calculated}</span>
          <span className="reading-value num">{map === null ? '—' : Math.round(map)}</span>
        </div>
      )}
    </div>
  );
}

/** A large tile prints a chip only where there is something to see; a compact one keeps its row of points. */
function chip(points: ReturnType<typeof pointsOf>, size: 'large' | 'compact') {
  return size === 'large' && points === 0 ? undefined : points;
}

/** The tile's last line: the gravest open alert, else what is unsure, else when the next observation is due. */
export function Foot({ bed }: { readonly bed: WardBed }) {
  const { words, language } = useWords();
  const [alert] = bed.alerts;
  const owned = alert === undefined || isOwned(alert);
  const flash = useFlash(alert?.priority ?? 'low', owned);
  if (alert !== undefined) {
    const next = nextStepLine(words, language, alert, Date.now());
    return (
      <button
        type="button"
        className={`tile-foot tile-foot-${alert.priority} ${owned ? 'tile-foot-owned' : ''} ${flash}`}
        onClick={() => go({ view: 'alert', alertId: alert.id })}
      >
        <span className="tile-foot-line">
          {owned ? <IconCheck size={16} /> : <PriorityShape priority={alert.priority} size={15} />}
          <b className="num">{stateLine(words, language, alert, Date.now())}</b>
          {next !== null && <span className="tile-foot-next num">{next}</span>}
        </span>
        <RuleLine bed={bed} />
      </button>
    );
  }
  return <QuietFoot bed={bed} />;
}

/** The first sentence of the newest rule text, as it was written when the alert fired. */
export function RuleLine({ bed }: { readonly bed: WardBed }) {
  const { language } = useWords();
  const [alert] = bed.alerts;
  if (alert === undefined) return null;
  const attributes = bed.ruleText === undefined ? {} : { 'data-rule-text': '', 'data-bed': bed.bed };
  return (
    <span className="tile-rule" {...attributes}>
      {headlineOf(language, alert, bed.ruleText)}
    </span>
  );
}

function QuietFoot({ bed }: { readonly bed: WardBed }) {
  const { words, language } = useWords();
  const due = useDue(bed);
  if (bed.feed.state === 'silent')
    return (
      <div className="tile-foot tile-foot-technical">
        <span className="tile-foot-line">
          <PriorityShape priority="technical" size={15} />
          <b className="num">
            {words.ward.monitorNotSending} {countdown(language, bed.feed.forMs)}
          </b>
          <span className="tile-foot-next">{words.ward.checkCable}</span>
        </span>
      </div>
    );
  return (
    <div className="tile-foot">
      <span className="tile-foot-line">
        <Unsure bed={bed} />
        <span className="tile-foot-next num">{due}</span>
      </span>
    </div>
  );
}

/** What is missing or stale, named; else that nothing is open. */
export function Unsure({ bed }: { readonly bed: WardBed }) {
  const { words, language } = useWords();
  const { score } = bed.scored;
  if (isApplicable(score) && !score.complete) {
    const names = score.missing.map((vital) => vitalName(language, vital, 'long')).join(', ');
    return (
      <b>
        <WithSubscripts text={words.ward.enterMissing(names)} />
      </b>
    );
  }
  const stale = NEWS2_PARAMETERS.flatMap((parameter) => {
    const reading = readingOf(parameter, bed.readings, bed.scored.inputs);
    return reading.state === 'stale' ? [{ parameter, reading }] : [];
  })[0];
  if (stale !== undefined)
    return (
      <>
        <IconClock size={15} />
        <b className="num">
          <WithSubscripts
            text={words.ward.staleVital(
              parameterName(words, language, stale.parameter),
              formatAge(language, stale.reading.ageMs),
            )}
          />
        </b>
      </>
    );
  return <span>{words.ward.noOpenAlert}</span>;
}

/** When the next observation is due, or since when. */
export function useDue(bed: WardBed): string | null {
  const { words, language } = useWords();
  useNow();
  const due = bed.view.nextObservationDueAt;
  if (due === null) return null;
  const time = formatTime(language, due);
  return Date.parse(due) > Date.now() ? words.ward.nextObservation(time) : words.ward.observationDue(time);
}
