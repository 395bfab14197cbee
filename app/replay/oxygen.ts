/** Whether a patient has supplemental oxygen, from what charts write of a device, a flow and an inspired fraction. */
export type OxygenFault =
  /** A tube, or a mask that may run on air: the oxygen itself was not charted. */
  | 'oxygen-not-told'
  /** No device, and yet a flow or a fraction above air. */
  | 'oxygen-contradicted';

export type Oxygen =
  | { readonly ok: true; readonly onOxygen: boolean }
  | { readonly ok: false; readonly reason: OxygenFault };

const NO_DEVICE = new Set(['none', 'room air', 'air', 'ra', 'no device']);
/** Devices that are given for oxygen and nothing else. */
const OXYGEN_DEVICES = [
  'cannula',
  'non-rebreather',
  'nonrebreather',
  'rebreather',
  'face tent',
  'aerosol-cool',
  'trach mask',
  'conc mask',
  'venturi',
  'venti mask',
  'simple mask',
  'face mask',
  'high flow',
  'oxygen mask',
] as const;
/** Air has 21 % of oxygen. */
const FIO2_OF_AIR = 21;

/**
 * @param flow litres a minute; null where none was charted.
 * @param fio2 per cent; null where none was charted.
 * @returns null where nothing was charted.
 */
export function oxygenOf(device: string | null, flow: number | null, fio2: number | null): Oxygen | null {
  if (device === null && flow === null && fio2 === null) return null;
  const word = device?.trim().toLowerCase() ?? null;
  const given = (fio2 !== null && fio2 > FIO2_OF_AIR) || (fio2 === null && flow !== null && flow > 0);
  if (word !== null && NO_DEVICE.has(word))
    return given ? { ok: false, reason: 'oxygen-contradicted' } : { ok: true, onOxygen: false };
  if (given) return { ok: true, onOxygen: true };
  if (fio2 !== null) return { ok: true, onOxygen: false };
  if (word !== null && OXYGEN_DEVICES.some((known) => word.includes(known)))
    return { ok: true, onOxygen: true };
  // A flow of 0 beside no device is air; beside a tube it says nothing of the mixture.
  if (word === null && flow === 0) return { ok: true, onOxygen: false };
  return { ok: false, reason: 'oxygen-not-told' };
}
