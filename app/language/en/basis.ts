/** English words of what scores rest on: their inputs, their ages, their bounds and the trends. */

export const basis = {
  show: 'What the scores rest on',
  hide: 'Close',
  caption: 'Scores, what they are computed from and how old that is',
  score: 'Score',
  value: 'Value',
  restsOn: 'Rests on',
  oldest: 'Oldest input',
  names: {
    news2: 'NEWS2',
    'single-red': 'Parameters that score 3',
    'map-low': 'Mean arterial pressure',
    qsofa: 'qSOFA',
    'spo2-fall': 'SpO2 fall in 10 min',
    'hr-rise': 'Heart rate rise in 2 h',
    'shock-index': 'Shock index',
  },
  units: {
    'map-low': 'mmHg',
    qsofa: 'of 3',
    'spo2-fall': '%',
    'hr-rise': '/min',
  },
  incomplete: 'incomplete',
  atLeast: (value: string) => `at least ${value}`,
  missing: (what: string) => `missing: ${what}`,
  monitorSays: (what: string) => `the monitor says that it cannot measure ${what}`,
  notCovered: 'the time before is not covered by readings',
  notApplicable: {
    'under-16': 'not applicable: under 16 years',
    pregnant: 'not applicable: pregnancy',
  },
  measured: 'measured by the monitor',
  calculated: 'calculated from one site',
  comparedWith: (value: string, age: string) => `from ${value}, ${age} ago`,
  by: { median: 'median of one minute', last: 'last value', single: 'single value' },
  stale: 'stale',
  disagree: 'sources disagree',
  nothing: 'no value',
  age: (age: string) => `${age} old`,
  spinal: 'Spinal injury: NEWS2 unreliable',
  trend: {
    rising: (perHour: string, hours: string, readings: number) =>
      `rising ${perHour} an hour over ${hours} h, ${readings} readings`,
    falling: (perHour: string, hours: string, readings: number) =>
      `falling ${perHour} an hour over ${hours} h, ${readings} readings`,
    steady: (_: string, hours: string, readings: number) => `steady over ${hours} h, ${readings} readings`,
  },
  trendGaps: (count: number) => (count === 1 ? '1 gap' : `${count} gaps`),
  hours: (hours: string) => `${hours} h`,
};
