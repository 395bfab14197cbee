/** Where doctors review explanations away from the bed, and attendings see how far they agree. */
import { useState } from 'react';
import { Button, Panel, Segmented } from '../design/index.ts';
import { openSignIn, useWard, useWords } from '../shell/index.ts';
import { useMay } from '../system/intake-form.tsx';
import { AgreementPage } from './agreement-page.tsx';
import { Desk } from './desk.tsx';
import './review.css';

export function ReviewView() {
  const { words } = useWords();
  const told = words.review;
  const may = useMay('review-explanations');
  const maySettle = useMay('settle-reviews');
  // Another person has another queue.
  const personId = useWard((state) => state.session.person?.id ?? '');
  const [page, setPage] = useState<'desk' | 'agreement'>('desk');
  if (may !== true)
    return (
      <div className="page">
        <Panel title={told.title}>
          <p>{may === null ? told.signIn : told.notAllowed}</p>
          {may === null && <Button onPress={() => openSignIn()}>{words.system.signInToChange}</Button>}
        </Panel>
      </div>
    );
  return (
    <div className="page review">
      {maySettle === true && (
        <Segmented
          label={told.page}
          value={page}
          options={(['desk', 'agreement'] as const).map((value) => ({ value, label: told.pages[value] }))}
          onChange={setPage}
        />
      )}
      {page === 'agreement' && maySettle === true ? <AgreementPage /> : <Desk key={personId} />}
    </div>
  );
}
