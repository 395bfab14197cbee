// What the registry runtime starts when it is given a folder: that folder's program, as Electron's own
// development runtime does. The top-level await keeps `ready` from passing before the program has been loaded.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const folder = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (folder === undefined) {
  process.stderr.write('Name the folder of the program to run.\n');
  process.exit(2);
}
const root = resolve(folder);
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
app.setAppPath(root);
app.setName(manifest.productName);
app.setVersion(manifest.version);
await import(pathToFileURL(join(root, manifest.main)).href);
