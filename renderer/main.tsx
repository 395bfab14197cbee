/** The ward's window: follows the core's stream and shows the frame. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import './design/index.ts';
import { followAlarms } from './alarm/follow-alarms.ts';
import { openOutput } from './alarm/output.ts';
import { App } from './app.tsx';
import { loadFonts } from './design/load-fonts.ts';
import { core } from './shell/core.ts';
import { followWard, useWard } from './shell/ward-store.ts';

// Schemas are compiled by `new Function` otherwise, which the content security policy refuses.
z.config({ jitless: true });

followWard(window.medobs, core);
const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root.');
await loadFonts();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

/** After the first painted ward, which an output that is slow to open must not delay (ms). Ours. */
const SOUND_AFTER_MS = 500;
setTimeout(() => followAlarms(useWard, core, openOutput()), SOUND_AFTER_MS);
