/**
 * Tiles that nobody sees or hears, laid out while the core starts: the first tile ever drawn makes the browser
 * compile its code and cut its letters, and the ward's real tiles then stand about 100 ms earlier.
 */
import type { BedView } from '../../app/contract/views.ts';
import { scoreNews2 } from '../../app/scoring/news2.ts';
import { clockNow } from '../shell/clock.ts';
import { Tile } from './tile.tsx';
import './tile.css';
import './ward.css';
import { wardBeds } from './ward-beds.ts';

/** Of no patient: nothing in it was measured. */
const NOBODY: BedView = {
  bed: '0',
  patient: {
    id: '0',
    name: '0',
    identifier: '0',
    ageYears: null,
    sex: 'unknown',
    spo2Scale: 1,
    pregnant: false,
    demonstration: false,
    admittedAt: new Date(0).toISOString(),
  },
  observed: {},
  score: scoreNews2({}, { pregnant: false }),
  scoreOldestAgeMs: null,
  derived: { map: null, shockIndex: null, qsofa: null },
  scoreHistory: [],
  openAlertIds: [],
  nextObservationDueAt: null,
};

export function Rehearsal() {
  const now = clockNow();
  const [bed] = wardBeds(
    { beds: { 0: { view: NOBODY, receivedAt: now } }, alerts: {}, explanations: {} },
    now,
    'bed',
  );
  if (bed === undefined) return null;
  return (
    <div className="ward ward-rehearsal" aria-hidden="true" inert>
      <div className="ward-tiles">
        <div className="ward-large">
          <Tile bed={bed} size="large" />
        </div>
        <div className="ward-compact">
          <Tile bed={bed} size="compact" />
        </div>
      </div>
    </div>
  );
}
