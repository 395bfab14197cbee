/** Hindi names of the vitals. Abbreviations stay as they stand on the monitor. */
import type { CodeWords } from '../code-words.ts';

export const vitals: CodeWords['vitals'] = {
  hr: { short: 'HR', long: 'हृदय गति' },
  pulse: { short: 'नाड़ी', long: 'नाड़ी' },
  pulse_art: { short: 'नाड़ी art.', long: 'नाड़ी, धमनी लाइन' },
  rr: { short: 'श्वसन', long: 'श्वसन दर' },
  rr_pleth: { short: 'RR pleth.', long: 'श्वसन दर, ऑक्सीमीटर से' },
  spo2: { short: 'SpO2', long: 'SpO2' },
  temp_c: { short: 'ताप', long: 'तापमान' },
  sbp: { short: 'Sys', long: 'सिस्टोलिक रक्तचाप' },
  dbp: { short: 'Dia', long: 'डायस्टोलिक रक्तचाप' },
  map: { short: 'MAP', long: 'औसत धमनी दाब' },
  sbp_art: { short: 'Sys art.', long: 'सिस्टोलिक रक्तचाप, धमनी लाइन' },
  dbp_art: { short: 'Dia art.', long: 'डायस्टोलिक रक्तचाप, धमनी लाइन' },
  map_art: { short: 'MAP art.', long: 'औसत दाब, धमनी लाइन' },
  sbp_nibp: { short: 'Sys कफ़', long: 'सिस्टोलिक रक्तचाप, कफ़' },
  dbp_nibp: { short: 'Dia कफ़', long: 'डायस्टोलिक रक्तचाप, कफ़' },
  map_nibp: { short: 'MAP कफ़', long: 'औसत दाब, कफ़' },
  o2_flow: { short: 'O2 प्रवाह', long: 'ऑक्सीजन प्रवाह' },
  fio2: { short: 'FiO2', long: 'साँस में ऑक्सीजन' },
  etco2: { short: 'etCO2', long: 'साँस के अंत में CO2' },
  cvp: { short: 'CVP', long: 'केंद्रीय शिरा दाब' },
  on_oxygen: { short: 'O2', long: 'वायु या ऑक्सीजन' },
  acvpu: { short: 'ACVPU', long: 'चेतना' },
};

export const acvpu: CodeWords['acvpu'] = {
  A: 'सजग',
  C: 'नया भ्रम',
  V: 'आवाज़ पर',
  P: 'दर्द पर',
  U: 'कोई प्रतिक्रिया नहीं',
};
