/**
 * The screens on made-up beds, for looking at them in a browser. It is no part of the program.
 * Address: `?scene=ward|empty|set-up|lost|refusing&theme=ward-dark&language=hi&person=nurse`, and which view is
 * opened: `&view=gallery`, `&view=alert&bed=07` and so on, as `opened-view.ts` reads it.
 */
import { go } from '../shell/route.ts';
import { fakeBridge } from './fake-bridge.ts';
import { openedView } from './opened-view.ts';

const wanted = new URLSearchParams(window.location.search);
Object.defineProperty(window, 'medobs', { value: fakeBridge(wanted) });
go(openedView(wanted));
await import('../main.tsx');
