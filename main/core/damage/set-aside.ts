/** Sets a damaged record aside, whole and under a name of its own: it is never written to and never removed. */
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { RECORD_FILE } from '../record-files.ts';
import { FILE_SUFFIXES } from './new-record-file.ts';
import { readSalvageNote, writeSalvageNote } from './salvage-note.ts';

/** Renames the record with its log and index, and says so beforehand. Returns the new name. */
export function setAside(userDataDir: string, reason: string, at: string): string {
  const name = nameBegunWith(userDataDir) ?? announced(userDataDir, reason, at);
  for (const suffix of FILE_SUFFIXES) {
    const from = join(userDataDir, `${RECORD_FILE}${suffix}`);
    const to = join(userDataDir, `${name}${suffix}`);
    if (existsSync(from) && !existsSync(to)) renameSync(from, to);
  }
  return name;
}

/** The name of a salvage that did not come to its end; null where none was under way. */
function nameBegunWith(userDataDir: string): string | null {
  const begun = readSalvageNote(userDataDir);
  return begun?.stage === 'first' ? begun.damagedFile : null;
}

function announced(userDataDir: string, reason: string, at: string): string {
  const stamp = at.replaceAll(/[-:]/g, '').replace(/\.\d+Z$/, 'Z');
  let name = `ward.damaged-${stamp}.db`;
  for (let count = 2; existsSync(join(userDataDir, name)); count++)
    name = `ward.damaged-${stamp}-${count}.db`;
  writeSalvageNote(userDataDir, {
    format: 1,
    stage: 'first',
    at,
    reason,
    damagedFile: name,
    pagesLeft: false,
    unfinished: [],
    taken: 0,
    refused: 0,
    gaps: 0,
  });
  return name;
}
