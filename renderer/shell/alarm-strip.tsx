/** Open alerts by priority, on every screen in the same place. It opens the alert and never scrolls away. */
import type { AlertView } from '../../app/contract/views.ts';
import type { TechnicalAlert, TechnicalCode } from '../../app/technical/technical.ts';
import { Button, type Priority, PriorityShape, STARS, useFlash } from '../design/index.ts';
import { countdown, headlineOf, stateLine } from './alert-texts.ts';
import { useDense } from './appearance.ts';
import { useNow } from './clock.ts';
import { feedOf } from './monitors.ts';
import { go } from './route.ts';
import { technicalText } from './technical-texts.ts';
import { byBed, byPriority, isOwned } from './ward-order.ts';
import { isOpen } from './ward-state.ts';
import { useWard } from './ward-store.ts';
import { useWords } from './words.ts';

/** How many lines have room; the rest are counted. */
const SHOWN = { wide: 4, dense: 3 } as const;

/** Told by the values themselves, by the top bar, or nothing that anybody at a bedside can change. */
const IN_THE_LIST_ONLY: readonly TechnicalCode[] = [
  'feed-silent',
  'key-weak',
  'backup-overdue',
  'alarm-unheard',
];

export function AlarmStrip() {
  const { words } = useWords();
  const dense = useDense();
  const alerts = useWard((state) => state.alerts);
  const silent = useSilentBeds();
  const open = Object.values(alerts).filter(isOpen).sort(byPriority);
  // What nobody has yet comes first; what is in somebody's hands is counted, and shown where there is room.
  const waiting = open.filter((alert) => !isOwned(alert));
  const shown = waiting.length > 0 ? waiting : open;
  const room = dense ? SHOWN.dense : SHOWN.wide;
  // A silent feed is told by the values here too, so that it shows when the core is gone. Seen ones wait in the list.
  const others = useWard((state) => state.technical).filter(
    ({ code, acknowledgedBy }) => !IN_THE_LIST_ONLY.includes(code) && acknowledgedBy === null,
  );
  const technicalCount = silent.length + others.length;
  const lines = shown.slice(0, technicalCount > 0 ? room - 1 : room);
  const more = open.length - lines.length + Math.max(0, technicalCount - 1);
  const [technical] = silent;
  const [other] = others;
  return (
    <section className="alarm-strip" aria-label={words.frame.alarmStrip}>
      {lines.map((alert, index) => (
        <AlarmLine key={alert.id} alert={alert} first={index === 0} />
      ))}
      {technical !== undefined && <TechnicalLine {...technical} />}
      {technical === undefined && other !== undefined && <OtherTechnicalLine alert={other} />}
      {open.length === 0 && technicalCount === 0 && (
        <span className="alarm-none">{words.frame.noOpenAlerts}</span>
      )}
      <span className="alarm-rest">
        {more > 0 && <span>{words.frame.more(more)}</span>}
        <Button onPress={() => go({ view: 'alerts' })}>{words.frame.allAlerts}</Button>
      </span>
    </section>
  );
}

function AlarmLine({ alert, first }: { readonly alert: AlertView; readonly first: boolean }) {
  const { words, language } = useWords();
  useNow();
  const ruleText = useWard((state) => state.explanations[alert.id]?.ruleText);
  const owned = isOwned(alert);
  const flash = useFlash(alert.priority, owned);
  const waited = countdown(language, Date.now() - Date.parse(alert.firedAt));
  const state = owned
    ? stateLine(words, language, alert, Date.now())
    : first
      ? words.frame.notAcknowledged(waited)
      : waited;
  return (
    <button
      type="button"
      className={`alarm alarm-${alert.priority} ${owned ? 'alarm-owned' : ''} ${flash}`}
      onClick={() => go({ view: 'alert', alertId: alert.id })}
    >
      <AlarmMark priority={alert.priority} />
      <b className="alarm-bed">{words.common.bedNumber(alert.bed)}</b>
      <span
        className="alarm-what"
        {...(ruleText === undefined ? {} : { 'data-rule-text': '', 'data-bed': alert.bed })}
      >
        {headlineOf(language, alert, ruleText)}
      </span>
      <b className="alarm-state num">{state}</b>
      {first && (
        <span className="alarm-open" aria-hidden="true">
          {words.frame.openAlert}
        </span>
      )}
    </button>
  );
}

function TechnicalLine({ bed, patientId, forMs }: SilentBed) {
  const { words, language } = useWords();
  return (
    <button type="button" className="alarm alarm-technical" onClick={() => go({ view: 'bed', patientId })}>
      <AlarmMark priority="technical" />
      <b className="alarm-bed">{words.common.bedNumber(bed)}</b>
      <span className="alarm-what">{words.ward.monitorNotSending}</span>
      <span className="alarm-state num">{countdown(language, forMs)}</span>
    </button>
  );
}

function OtherTechnicalLine({ alert }: { readonly alert: TechnicalAlert }) {
  const { words, language } = useWords();
  return (
    <button type="button" className="alarm alarm-technical" onClick={() => go({ view: 'alerts' })}>
      <AlarmMark priority="technical" />
      <b className="alarm-bed">{words.technical.code[alert.code].title}</b>
      <span className="alarm-what">{technicalText(words, language, alert)}</span>
    </button>
  );
}

function AlarmMark({ priority }: { readonly priority: Priority }) {
  const { words } = useWords();
  return (
    <span className="alarm-mark">
      <PriorityShape priority={priority} size={20} />
      <i className="stars" aria-hidden="true">
        {STARS[priority]}
      </i>
      <span className="only-heard">{words.common.priority[priority]}</span>
    </span>
  );
}

interface SilentBed {
  readonly bed: string;
  readonly patientId: string;
  readonly forMs: number;
}

/** Beds whose monitor has stopped sending, by bed. */
function useSilentBeds(): SilentBed[] {
  const now = useNow();
  const beds = useWard((state) => state.beds);
  return Object.values(beds)
    .flatMap((bed) => {
      const feed = feedOf(bed, now);
      return feed.state === 'silent'
        ? [{ bed: bed.view.bed, patientId: bed.view.patient.id, forMs: feed.forMs }]
        : [];
    })
    .sort(byBed);
}
