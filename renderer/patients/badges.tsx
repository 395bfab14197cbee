/** What was decided for a patient, as small labels that stand by the name all the time. */
import type { BedView } from '../../app/contract/views.ts';
import { Tag } from '../design/index.ts';
import { useWords } from '../shell/index.ts';

/** Beside those for scale, pregnancy and spinal injury. */
export function PatientBadges({ view }: { readonly view: BedView }) {
  const { patients } = useWords().words;
  const { scale2, baseline, treatmentLimits } = view.patient;
  return (
    <>
      {view.toldBed !== undefined && <Tag tone="tech">{patients.toldBed(view.toldBed)}</Tag>}
      {scale2 !== undefined && <Tag>{patients.prescribed(scale2.prescriber, scale2.reason)}</Tag>}
      {baseline !== undefined && (
        <Tag>
          {[baseline.total === null ? '' : patients.baselineShown(String(baseline.total)), baseline.note]
            .filter((text) => text !== '')
            .join('. ')}
        </Tag>
      )}
      {treatmentLimits !== undefined && (
        <Tag>
          {patients.limitsShown}: {treatmentLimits}
        </Tag>
      )}
    </>
  );
}
