/** What the invented patient and bed are called: kept in the record like any name, so it is the ward's language then. */
import type { LanguageCode } from '../../../app/contract/views.ts';

export const INVENTED: {
  readonly [language in LanguageCode]: { readonly patient: string; readonly bed: string };
} = {
  en: { patient: 'Demonstration patient', bed: 'Demo' },
  hi: { patient: 'प्रदर्शन रोगी', bed: 'डेमो' },
};
