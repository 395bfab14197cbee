/** English names of the vitals. */
import type { CodeWords } from '../code-words.ts';

export const vitals: CodeWords['vitals'] = {
  hr: { short: 'HR', long: 'Heart rate' },
  pulse: { short: 'Pulse', long: 'Pulse' },
  pulse_art: { short: 'Pulse art.', long: 'Pulse, arterial line' },
  rr: { short: 'RR', long: 'Respiration' },
  rr_pleth: { short: 'RR pleth.', long: 'Respiration, from the oximeter' },
  spo2: { short: 'SpO2', long: 'SpO2' },
  temp_c: { short: 'Temp', long: 'Temperature' },
  sbp: { short: 'Sys', long: 'Systolic pressure' },
  dbp: { short: 'Dia', long: 'Diastolic pressure' },
  map: { short: 'MAP', long: 'Mean arterial pressure' },
  sbp_art: { short: 'Sys art.', long: 'Systolic pressure, arterial line' },
  dbp_art: { short: 'Dia art.', long: 'Diastolic pressure, arterial line' },
  map_art: { short: 'MAP art.', long: 'Mean pressure, arterial line' },
  sbp_nibp: { short: 'Sys cuff', long: 'Systolic pressure, cuff' },
  dbp_nibp: { short: 'Dia cuff', long: 'Diastolic pressure, cuff' },
  map_nibp: { short: 'MAP cuff', long: 'Mean pressure, cuff' },
  o2_flow: { short: 'O2 flow', long: 'Oxygen flow' },
  fio2: { short: 'FiO2', long: 'Inspired oxygen' },
  etco2: { short: 'etCO2', long: 'End-tidal CO2' },
  cvp: { short: 'CVP', long: 'Central venous pressure' },
  on_oxygen: { short: 'O2', long: 'Air or oxygen' },
  acvpu: { short: 'ACVPU', long: 'Consciousness' },
};

export const acvpu: CodeWords['acvpu'] = {
  A: 'alert',
  C: 'new confusion',
  V: 'voice',
  P: 'pain',
  U: 'unresponsive',
};
