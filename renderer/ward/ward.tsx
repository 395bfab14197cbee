/** The ward: every bed, risk first. Tiles where there is room, else a list. */
import { useState } from 'react';
import { IconClock, IconNoWave, PriorityShape, Segmented } from '../design/index.ts';
import { useDense } from '../shell/appearance.ts';
import { useWords } from '../shell/index.ts';
import { useSidePanel } from '../shell/side-panel.ts';
import { useSignInState } from '../shell/sign-in-state.ts';
import { Tile } from './tile.tsx';
import './tile.css';
import './ward.css';
import { type BedFilter, type BedOrder, fits, useWardBeds, type WardBed } from './ward-beds.ts';
import { WardList } from './ward-list.tsx';

/** How many beds get a large tile. */
const LARGE = 4;
/** Compact tiles: how many stand in a row, how high a row may grow, and the gap between rows (px). */
const COLUMNS = 5;
const ROW_MOST = 250;
const ROW_GAP = 12;

export function Ward() {
  const { words } = useWords();
  const [filter, setFilter] = useState<BedFilter>('all');
  const [order, setOrder] = useState<BedOrder>('risk');
  const [layout, setLayout] = useState<'tiles' | 'list'>('tiles');
  const dense = useDense();
  const docked = useSignInState((state) => state.open);
  const help = useSidePanel((state) => state.help);
  const all = useWardBeds(order);
  // Beside a docked panel there is no room for tiles, and in a small window none for the tool bar either.
  const asList = dense || docked || help || layout === 'list';
  const beds = dense ? all : all.filter((bed) => fits(bed, filter));
  return (
    <div className="ward">
      {!dense && (
        <div className="ward-bar">
          <Filter beds={all} value={filter} onChange={setFilter} />
          <span className="ward-bar-space" />
          <Segmented
            label={words.ward.order}
            value={order}
            onChange={setOrder}
            options={[
              { value: 'risk', label: words.ward.byRisk },
              { value: 'bed', label: words.ward.byBed },
            ]}
          />
          {!docked && !help && (
            <Segmented
              label={words.ward.layout}
              value={layout}
              onChange={setLayout}
              options={[
                { value: 'tiles', label: words.ward.tiles },
                { value: 'list', label: words.ward.list },
              ]}
            />
          )}
        </div>
      )}
      {beds.length === 0 && <p className="ward-nothing">{words.ward.nothingInFilter}</p>}
      {asList ? <WardList beds={beds} /> : <Tiles beds={beds} order={order} />}
    </div>
  );
}

/** By risk the first four are large; by number all are alike, so that a bed is found by its place. */
function Tiles({ beds, order }: { readonly beds: readonly WardBed[]; readonly order: BedOrder }) {
  const large = order === 'risk' ? beds.slice(0, LARGE) : [];
  const rows = Math.max(1, Math.ceil((beds.length - large.length) / COLUMNS));
  return (
    <div className="ward-tiles">
      {large.length > 0 && (
        <div className="ward-large">
          {large.map((bed) => (
            <Tile key={bed.view.patient.id} bed={bed} size="large" />
          ))}
        </div>
      )}
      <div className="ward-compact" style={{ maxHeight: rows * ROW_MOST + (rows - 1) * ROW_GAP }}>
        {beds.slice(large.length).map((bed) => (
          <Tile key={bed.view.patient.id} bed={bed} size="compact" />
        ))}
      </div>
    </div>
  );
}

interface FilterProps {
  readonly beds: readonly WardBed[];
  readonly value: BedFilter;
  readonly onChange: (filter: BedFilter) => void;
}

function Filter({ beds, value, onChange }: FilterProps) {
  const { words } = useWords();
  const count = (filter: BedFilter) => beds.filter((bed) => fits(bed, filter)).length;
  return (
    <Segmented
      label={words.ward.filter}
      value={value}
      onChange={onChange}
      options={[
        { value: 'all', label: words.ward.all, count: count('all') },
        { value: 'needs-action', label: words.ward.needsAction, count: count('needs-action') },
        {
          value: 'high',
          label: (
            <>
              <PriorityShape priority="high" size={13} />
              {words.ward.high}
            </>
          ),
          count: count('high'),
        },
        {
          value: 'medium',
          label: (
            <>
              <PriorityShape priority="medium" size={13} />
              {words.ward.medium}
            </>
          ),
          count: count('medium'),
        },
        {
          value: 'technical',
          label: (
            <>
              <IconNoWave size={15} />
              {words.ward.technical}
            </>
          ),
          count: count('technical'),
        },
        {
          value: 'unsure',
          label: (
            <>
              <IconClock size={15} />
              {words.ward.staleOrMissing}
            </>
          ),
          count: count('unsure'),
        },
      ]}
    />
  );
}
