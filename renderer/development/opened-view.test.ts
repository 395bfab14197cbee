import { expect, test } from 'vitest';
import { openedView } from './opened-view.ts';
import { fourteenBeds, openAlerts } from './ward-of-fourteen.ts';

const opened = (address: string) => openedView(new URLSearchParams(address));

test('the gallery and every view without a subject open by their name', () => {
  for (const view of ['alerts', 'system', 'gallery'] as const)
    expect(opened(`?scene=ward&view=${view}`)).toEqual({ view });
  expect(opened('?view=entry')).toEqual({ view: 'entry', patientId: null });
});

test('a bed, its entry and its alert open by the bed’s number', () => {
  const beds = fourteenBeds();
  const bed = opened('?view=bed&bed=07');
  expect(beds.map(({ patient }) => patient.id)).toContain('patientId' in bed ? bed.patientId : null);
  expect(opened('?view=entry&bed=01')).toEqual({ view: 'entry', patientId: 'patient-01' });
  const alert = opened('?view=alert&bed=07');
  expect(openAlerts(beds).map(({ id }) => id)).toContain('alertId' in alert ? alert.alertId : null);
});

test('anything else is the ward', () => {
  for (const address of ['', '?view=nowhere', '?view=bed', '?view=alert'])
    expect(opened(address)).toEqual({ view: 'ward' });
});
