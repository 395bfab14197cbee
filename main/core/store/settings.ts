/** The ward's settings: one row a setting, each with its schema and its value on an empty store. */
import { z } from 'zod';
import { languageSchema, themeSchema } from '../../../app/contract/views.ts';
import type { Reader, Writer } from './database.ts';

const SETTINGS = {
  wardName: z.string(),
  language: languageSchema,
  theme: themeSchema,
  mllpHost: z.string().nullable(),
  mllpPort: z.number().int().nullable(),
};

export interface Settings {
  /** Empty until the ward is set up. */
  readonly wardName: string;
  readonly language: z.infer<typeof languageSchema>;
  readonly theme: z.infer<typeof themeSchema>;
  /** Null: as the program was started. */
  readonly mllpHost: string | null;
  readonly mllpPort: number | null;
}

const DEFAULTS: Settings = {
  wardName: '',
  language: 'en',
  theme: 'ward-light',
  mllpHost: null,
  mllpPort: null,
};

const rowSchema = z.object({ key: z.string(), value: z.string() });

export function readSettings(read: Reader): Settings {
  const stored: Record<string, unknown> = {};
  for (const row of read.all(rowSchema, 'SELECT key, value FROM settings')) {
    stored[row.key] = JSON.parse(row.value);
  }
  return z.object(SETTINGS).parse({ ...DEFAULTS, ...stored });
}

export function writeSettings(write: Writer, changed: Partial<Settings>): void {
  for (const [key, value] of Object.entries(changed)) {
    write.run(
      'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      key,
      JSON.stringify(value),
    );
  }
}
