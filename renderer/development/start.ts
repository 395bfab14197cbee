/**
 * The screens on made-up beds, for looking at them in a browser. It is no part of the program.
 * Address: `?scene=ward|empty|set-up|lost&theme=ward-dark&language=hi&person=nurse`.
 */
import { fakeBridge } from './fake-bridge.ts';

const wanted = new URLSearchParams(window.location.search);
Object.defineProperty(window, 'medobs', { value: fakeBridge(wanted) });
await import('../main.tsx');
