/** Which view stands in the frame. */
import { lazy, Suspense } from 'react';
import { AlertsView } from './alert/alert-list.tsx';
import { AlertView } from './alert/alert-view.tsx';
import { BedView } from './bed/bed-view.tsx';
import { EntryView } from './entry/entry-view.tsx';
import { HandoverView } from './handover/handover-view.tsx';
import { ImportView } from './import/import-view.tsx';
import { KnowledgeView } from './knowledge/knowledge-view.tsx';
import { LearningView } from './learning/learning-view.tsx';
import { MessagesView } from './messages/messages-view.tsx';
import { ModelsView } from './models/models-view.tsx';
import { MonitoringView } from './monitoring/monitoring-view.tsx';
import { PatientsView } from './patients/patients-view.tsx';
import { PolicyView } from './policy/policy-view.tsx';
import { ReviewView } from './review/review-view.tsx';
import { Frame } from './shell/frame.tsx';
import { usePaintedTitle } from './shell/painted.ts';
import { useRoute } from './shell/route.ts';
import { useWard } from './shell/ward-store.ts';
import { useWords } from './shell/words.ts';
import { AuditView } from './system/audit-view.tsx';
import { CannotStart } from './system/cannot-start.tsx';
import { FirstRun } from './system/first-run.tsx';
import { SetUp } from './system/set-up.tsx';
import { System } from './system/system.tsx';
import { TrainerView } from './trainer/trainer-view.tsx';
import { Rehearsal } from './ward/rehearsal.tsx';
import { Ward } from './ward/ward.tsx';

/** A picture book of the parts, for whoever changes them. It is no part of the program that is built. */
const Gallery = import.meta.env.DEV
  ? lazy(async () => ({ default: (await import('./design/gallery/gallery.tsx')).Gallery }))
  : null;

export function App() {
  const known = useWard((state) => state.system !== null);
  const refusal = useWard((state) => state.refusal);
  // Nothing is shown before it is known: no empty frame that looks like an empty ward.
  if (known) return <Known />;
  return refusal === null ? <Rehearsal /> : <CannotStart error={refusal} />;
}

function Known() {
  usePaintedTitle();
  const isSetUp = useWard((state) => state.system?.setUp === true);
  return <Frame>{isSetUp ? <View /> : <SetUp />}</Frame>;
}

function View() {
  const route = useRoute();
  const { language } = useWords();
  const empty = useWard((state) => Object.keys(state.beds).length === 0);
  switch (route.view) {
    case 'ward':
      return empty ? <FirstRun /> : <Ward />;
    case 'system':
      return <System />;
    case 'audit':
      return <AuditView />;
    case 'bed':
      return <BedView key={route.patientId} patientId={route.patientId} />;
    case 'alerts':
      return <AlertsView />;
    case 'alert':
      return <AlertView key={route.alertId} alertId={route.alertId} />;
    case 'handover':
      return <HandoverView patientId={route.patientId} />;
    case 'entry':
      return <EntryView patientId={route.patientId} />;
    case 'patients':
      return <PatientsView patientId={route.patientId} />;
    case 'messages':
      return <MessagesView />;
    case 'policy':
      return <PolicyView />;
    case 'import':
      return <ImportView />;
    case 'knowledge':
      return <KnowledgeView card={route.card} />;
    case 'models':
      return <ModelsView />;
    case 'monitoring':
      return <MonitoringView />;
    case 'review':
      return <ReviewView />;
    case 'trainer':
      return <TrainerView />;
    case 'learning':
      return <LearningView />;
    case 'gallery':
      return Gallery === null ? null : (
        <Suspense>
          <Gallery language={language} />
        </Suspense>
      );
  }
}
