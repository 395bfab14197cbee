/** What a model's probability is worth: per model version, against what people rated. */
import type { QueryResult } from '../../app/contract/contract.ts';
import { Panel, Table } from '../design/index.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { useQuery } from '../query/use-query.ts';
import { useWords } from '../shell/index.ts';
import './calibration-panel.css';

const ASK_EVERY_MS = 60_000;
/** Of the plot, in pixels of its own drawing; probabilities go from 0 to 1 on both axes. */
const SIDE = 200;
const EDGE = 12;

type Version = QueryResult<'explanation.calibration'>['models'][number];
type Bins = NonNullable<Version['calibration']>['bins'];

export function CalibrationPanel() {
  const { words } = useWords();
  const told = words.calibration;
  const asked = useQuery('explanation.calibration', {}, { everyMs: ASK_EVERY_MS });
  const { value } = asked;
  return (
    <Panel title={told.title} className="system-wide">
      <p className="system-note">{told.lead}</p>
      {value === null || value.models.length === 0 ? (
        <ReadNotice asked={asked} what={told.what} empty={told.none} />
      ) : (
        value.models.map((version) => (
          <section className="calibration" key={`${version.model.sha256} ${version.model.adapter ?? ''}`}>
            <h3>
              {version.model.name}, {version.model.adapter ?? told.noAdapter}
            </h3>
            {version.calibration === null ? (
              <p className="num">{told.soFar(version.ratings, value.least)}</p>
            ) : (
              <>
                <p className="num">
                  {told.error((version.calibration.expectedError * 100).toFixed(1), version.ratings)}
                </p>
                <div className="calibration-shown">
                  <Reliability bins={version.calibration.bins} />
                  <BinTable name={version.model.name} bins={version.calibration.bins} />
                </div>
              </>
            )}
          </section>
        ))
      )}
    </Panel>
  );
}

const along = (share: number): number => EDGE + share * SIDE;
const up = (share: number): number => EDGE + (1 - share) * SIDE;

/** A reliability diagram: the table beside it says the same in figures. */
function Reliability({ bins }: { readonly bins: Bins }) {
  const { words } = useWords();
  const whole = SIDE + 2 * EDGE;
  return (
    <figure className="calibration-plot">
      <svg viewBox={`0 0 ${whole} ${whole}`} aria-hidden="true">
        <rect x={EDGE} y={EDGE} width={SIDE} height={SIDE} />
        <line className="calibration-even" x1={along(0)} y1={up(0)} x2={along(1)} y2={up(1)} />
        {bins.map(({ from, stated, share, low, high }) => (
          <g key={from}>
            <line x1={along(stated)} x2={along(stated)} y1={up(low)} y2={up(high)} />
            <circle cx={along(stated)} cy={up(share)} r={4} />
          </g>
        ))}
      </svg>
      <figcaption>
        ↑ {words.calibration.rated}, → {words.calibration.stated}
      </figcaption>
    </figure>
  );
}

function BinTable({ name, bins }: { readonly name: string; readonly bins: Bins }) {
  const { words } = useWords();
  const told = words.calibration;
  const percent = (share: number): string => `${Math.round(share * 100)}\u00a0%`;
  return (
    <Table
      caption={name}
      columns={[
        { key: 'stated', title: told.stated, align: 'end' },
        { key: 'rated', title: told.rated, align: 'end' },
        { key: 'interval', title: told.interval, align: 'end' },
        { key: 'count', title: told.ratings, align: 'end' },
      ]}
      rows={bins.map(({ from, count, stated, share, low, high }) => ({
        key: String(from),
        cells: {
          stated: <span className="num">{percent(stated)}</span>,
          rated: <span className="num">{percent(share)}</span>,
          interval: (
            <span className="num">
              {percent(low)} – {percent(high)}
            </span>
          ),
          count: <span className="num">{count}</span>,
        },
      }))}
    />
  );
}
