/** Hours that the chart looks back. */
export const HOURS = ['4', '16', '48'] as const;
export type Hours = (typeof HOURS)[number];
