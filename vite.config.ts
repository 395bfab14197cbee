/** Builds the screens into `dist/renderer`. The gallery and the development page are no part of it. */
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('renderer', import.meta.url)),
  // The screens are served from the program's own protocol: every address is relative.
  base: './',
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('dist/renderer', import.meta.url)),
    emptyOutDir: true,
    target: 'es2024',
    // The polyfill is inline code, which the content security policy refuses; Chromium needs none.
    modulePreload: { polyfill: false },
    // Fonts and images stay files: the policy allows no data addresses for fonts.
    assetsInlineLimit: 0,
    rolldownOptions: { input: fileURLToPath(new URL('renderer/index.html', import.meta.url)) },
  },
});
