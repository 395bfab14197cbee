/** The ward as a list: one row of 44 px a bed, values in columns. */

import { codeWords } from '../../app/language/language.ts';
import { isApplicable, NEWS2_PARAMETERS, type News2Parameter } from '../../app/scoring/score.ts';
import {
  IconCheck,
  IconClock,
  lookOf,
  News2Block,
  PointsChip,
  PriorityShape,
  STARS,
  StepLine,
  useFlash,
  WithSubscripts,
} from '../design/index.ts';
import { countdown, nextStepLine, stateLine } from '../shell/alert-texts.ts';
import { go, isOwned, useWords } from '../shell/index.ts';
import { pointsOf, readingOf } from '../vitals/standing.ts';
import { formatOf } from '../vitals/writing.ts';
import { parameterName, RuleLine, Unsure, useDue } from './tile-parts.tsx';
import type { WardBed } from './ward-beds.ts';

export function WardList({ beds }: { readonly beds: readonly WardBed[] }) {
  const { words, language } = useWords();
  return (
    <table className="ward-list num">
      <caption className="only-heard">{words.ward.title}</caption>
      <thead>
        <tr>
          <th scope="col">{words.common.bed}</th>
          <th scope="col">{words.common.patient}</th>
          <th scope="col">NEWS2</th>
          <th scope="col" className="list-history">
            {words.ward.history}
          </th>
          {NEWS2_PARAMETERS.map((parameter) => (
            <th key={parameter} scope="col" className="list-value">
              <WithSubscripts text={parameterName(words, language, parameter)} />
            </th>
          ))}
          <th scope="col">{words.ward.alertColumn}</th>
        </tr>
      </thead>
      <tbody>
        {beds.map((bed) => (
          <Row key={bed.view.patient.id} bed={bed} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ bed }: { readonly bed: WardBed }) {
  const { words } = useWords();
  const { patient, scoreHistory } = bed.view;
  const open = () => go({ view: 'bed', patientId: patient.id });
  return (
    <tr className={`list-row list-${bed.risk}`}>
      <td className="list-bed">{bed.bed}</td>
      <td className="list-patient">
        <button
          type="button"
          className="tile-open"
          aria-label={words.ward.openBed(bed.bed, patient.name)}
          onClick={open}
        >
          {patient.name}
        </button>
        <Notes bed={bed} />
      </td>
      <td className="list-score">
        <Score bed={bed} />
      </td>
      <td className="list-history">
        <StepLine history={scoreHistory} width={86} height={34} />
      </td>
      {NEWS2_PARAMETERS.map((parameter) => (
        <td key={parameter} className="list-value">
          <Value bed={bed} parameter={parameter} />
        </td>
      ))}
      <td className="list-alert">
        <AlertCell bed={bed} />
      </td>
    </tr>
  );
}

/** What changes how the score is to be read, under the name so that the columns stay aligned. */
function Notes({ bed }: { readonly bed: WardBed }) {
  const { words } = useWords();
  const { patient } = bed.view;
  const { toldBed } = bed.view;
  const { baseline, treatmentLimits, spinalInjury } = patient;
  const marked = patient.demonstration || patient.pregnant || patient.spo2Scale === 2;
  const decided = baseline ?? treatmentLimits ?? toldBed ?? (spinalInjury === true ? true : undefined);
  if (!marked && decided === undefined) return null;
  return (
    <small className="list-notes">
      {patient.demonstration && <b>{words.demo.mark}</b>}
      {toldBed !== undefined && <b>{words.patients.toldBed(toldBed)}</b>}
      {patient.pregnant && <span>{words.ward.pregnant}</span>}
      {spinalInjury === true && <span>{words.patients.policy['spinal-injury']}</span>}
      {baseline?.total !== undefined && baseline.total !== null && (
        <span>{words.patients.baselineShown(String(baseline.total))}</span>
      )}
      {treatmentLimits !== undefined && <span>{words.patients.limitsShown}</span>}
      {patient.spo2Scale === 2 && (
        <span>
          SpO<sub>2</sub> {words.ward.spo2Scale(2)}
        </span>
      )}
    </small>
  );
}

function Score({ bed }: { readonly bed: WardBed }) {
  const { language } = useWords();
  return <News2Block score={bed.scored.score} size="compact" stale={bed.scored.stale} language={language} />;
}

function Value({ bed, parameter }: { readonly bed: WardBed; readonly parameter: News2Parameter }) {
  const { words, language } = useWords();
  const { readings, scored } = bed;
  const reading = readingOf(parameter, readings, scored.inputs);
  const points = pointsOf(parameter, scored.score);
  const format = formatOf(parameter, readings, scored.inputs, words.ward.air, words.ward.oxygenOn);
  const spoken = codeWords(language).reading;
  return (
    <span className={`list-reading reading-${reading.state}`}>
      <span className="reading-value">
        {reading.state === 'missing' ? '—' : format(reading.observed.value)}
        {reading.state !== 'current' && (
          <span className="only-heard">{reading.state === 'stale' ? spoken.stale : spoken.missing}</span>
        )}
      </span>
      {isApplicable(scored.score) && points !== 0 && points !== undefined && <PointsChip points={points} />}
    </span>
  );
}

function AlertCell({ bed }: { readonly bed: WardBed }) {
  const { words, language } = useWords();
  const due = useDue(bed);
  const [alert] = bed.alerts;
  const owned = alert === undefined || isOwned(alert);
  const flash = useFlash(alert?.priority ?? 'low', owned);
  if (alert !== undefined) {
    const next = nextStepLine(words, language, alert, Date.now());
    return (
      <button
        type="button"
        className="list-alert-open"
        onClick={() => go({ view: 'alert', alertId: alert.id })}
      >
        <span className={`list-mark list-mark-${alert.priority} ${owned ? 'list-mark-owned' : ''} ${flash}`}>
          {owned ? <IconCheck size={15} /> : <PriorityShape priority={alert.priority} size={14} />}
          {!owned && <i className="stars">{STARS[alert.priority]}</i>}
        </span>
        <span className="list-alert-text">
          <b>{stateLine(words, language, alert, Date.now())}</b>
          <span className="list-second">
            {next !== null && (
              <span className="list-next" title={next}>
                <IconClock size={13} />
                {alert.nextEscalationAt !== null &&
                  countdown(language, Date.parse(alert.nextEscalationAt) - Date.now())}
              </span>
            )}
            <RuleLine bed={bed} />
          </span>
        </span>
      </button>
    );
  }
  if (bed.feed.state === 'silent')
    return (
      <span className="list-alert-open">
        <span className="list-mark list-mark-technical">
          <PriorityShape priority="technical" size={14} />
        </span>
        <span className="list-alert-text">
          <b>
            {words.ward.monitorNotSending} {countdown(language, bed.feed.forMs)}
          </b>
          <span>{words.ward.checkCable}</span>
        </span>
      </span>
    );
  return (
    <span className="list-quiet">
      {lookOf(bed.scored.score) === 'none' && !bed.scored.stale ? null : <Unsure bed={bed} />}
      {due !== null && <span>{due}</span>}
    </span>
  );
}
