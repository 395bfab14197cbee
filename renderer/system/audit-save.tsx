/** Audit entries as a file in a folder that a person names. */
import { type FormEvent, useState } from 'react';
import type { AuditFilter } from '../../app/contract/calls/storage.ts';
import { errorText } from '../../app/language/language.ts';
import { Button, Field } from '../design/index.ts';
import { core, useWords } from '../shell/index.ts';

export function SaveAudit({ filter }: { readonly filter: AuditFilter }) {
  const { words, language } = useWords();
  const [folder, setFolder] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const { storage } = words;

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    const answer = await core.command('audit.save-list', { folder: folder.trim(), filter });
    setSaid(
      answer.ok
        ? storage.auditSaved(answer.value.rows, answer.value.file)
        : errorText(language, answer.error),
    );
  }
  return (
    <form className="audit-save" onSubmit={(event) => void save(event)}>
      <Field
        label={storage.auditSaveFolder}
        value={folder}
        onChange={setFolder}
        hint={storage.auditSaveHint}
      />
      <Button type="submit" isDisabled={folder.trim() === ''}>
        {storage.auditSave}
      </Button>
      {said !== null && <output>{said}</output>}
    </form>
  );
}
