/** Which patient to enter for, and admitting one who is not here yet. */
import { Button, Panel } from '../design/index.ts';
import { byBed, go, useWard, useWords } from '../shell/index.ts';
import { AdmitForm } from './admit-form.tsx';
import './entry-view.css';

export function ChooseBed() {
  const { words } = useWords();
  const beds = Object.values(useWard((state) => state.beds)).sort((a, b) => byBed(a.view, b.view));
  return (
    <div className="entry-choose">
      <Panel title={words.entry.chooseBed}>
        {beds.length === 0 && <p>{words.entry.noPatient}</p>}
        <div className="entry-beds">
          {beds.map(({ view }) => (
            <Button
              key={view.patient.id}
              critical
              detail={view.patient.name}
              onPress={() => go({ view: 'entry', patientId: view.patient.id })}
            >
              {words.common.bedNumber(view.bed)}
            </Button>
          ))}
        </div>
      </Panel>
      <AdmitForm />
    </div>
  );
}
