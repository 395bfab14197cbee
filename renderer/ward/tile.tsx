/** A bed as a tile: large for the beds at risk, compact for the rest. */
import { News2Block } from '../design/index.ts';
import { useWords } from '../shell/index.ts';
import { Badges, FeedMark, Foot, ScoreStory, Vitals, Who } from './tile-parts.tsx';
import type { WardBed } from './ward-beds.ts';

/** Beside a badge there is no room for the feed's word; its icon stays. */
function isMarked({ view: { patient } }: WardBed): boolean {
  return patient.pregnant || patient.spo2Scale === 2;
}

export function Tile({ bed, size }: { readonly bed: WardBed; readonly size: 'large' | 'compact' }) {
  const { language } = useWords();
  const silent = bed.feed.state === 'silent';
  const atRisk = bed.risk === 'high' || bed.risk === 'medium';
  return (
    <article className={`tile tile-${size} tile-${silent && !atRisk ? 'silent' : bed.risk}`}>
      <header className="tile-head">
        <span className="tile-bed num">{bed.bed}</span>
        <Who bed={bed} />
        <span className="tile-badges">
          <Badges bed={bed} />
          <FeedMark bed={bed} words={size === 'large' && !isMarked(bed)} />
        </span>
      </header>
      <div className="tile-score">
        <News2Block score={bed.scored.score} size={size} stale={bed.scored.stale} language={language} />
        <ScoreStory bed={bed} size={size} />
      </div>
      <Vitals bed={bed} size={size} />
      <Foot bed={bed} />
    </article>
  );
}
