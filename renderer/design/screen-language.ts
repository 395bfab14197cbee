/** The language of the parts that speak for themselves, given once around the screen. */
import { createContext } from 'react';
import type { LanguageCode } from '../../app/language/language.ts';

export const ScreenLanguage = createContext<LanguageCode>('en');
