/** `npm run test:full`: the same suite with its larger counts. */
process.argv.push('--full');
await import('./test.ts');
