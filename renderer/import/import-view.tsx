/** Files of vitals: chosen, shown column by column, tried without a trace, and only then taken. */
import { useEffect, useId, useState } from 'react';
import { type ImportPreview, type ImportState, LARGEST_IMPORT } from '../../app/contract/calls/imports.ts';
import type { AppError } from '../../app/contract/outcome.ts';
import { errorText, type LanguageCode, type ScreenWords } from '../../app/language/language.ts';
import { Button, Panel } from '../design/index.ts';
import { core, openSignIn, useWords } from '../shell/index.ts';
import { useMay } from '../system/intake-form.tsx';
import { ImportAccount } from './import-account.tsx';
import { ImportColumns, type Mapping } from './import-columns.tsx';
import { PastImports } from './past-imports.tsx';
import './import.css';

const NOT_PERMITTED = { code: 'not-permitted', parameters: {} } as const;
const ASK_EVERY_MS = 400;

export function ImportView() {
  const { words, language } = useWords();
  const may = useMay('import-observations');
  const [file, setFile] = useState<{ readonly name: string; readonly preview: ImportPreview } | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const id = useId();

  const open = async (chosen: File): Promise<void> => {
    setSaid(null);
    if (chosen.size > LARGEST_IMPORT) return setSaid(words.imports.tooLarge);
    const name = chosen.name.slice(0, 256);
    const answer = await core.command('import.open', { name, text: await chosen.text() });
    if (answer.ok) setFile({ name, preview: answer.value });
    else setSaid(problemText(words, language, answer.error));
  };
  return (
    <div className="page imports">
      <Panel title={words.imports.title} note={words.imports.note}>
        {may === false && <p>{errorText(language, NOT_PERMITTED)}</p>}
        {may === null && <Button onPress={() => openSignIn()}>{words.imports.signIn}</Button>}
        {may === true && file === null && (
          <div className="field">
            <label htmlFor={id}>{words.imports.choose}</label>
            <input
              id={id}
              type="file"
              className="field-input"
              accept=".csv,.tsv,.txt,.json,text/csv,application/json"
              onChange={({ currentTarget }) => {
                const chosen = currentTarget.files?.[0];
                currentTarget.value = '';
                if (chosen !== undefined) void open(chosen);
              }}
            />
            <p className="imports-note">{words.imports.chooseHint}</p>
          </div>
        )}
        {said !== null && <p role="alert">{said}</p>}
        {may === true && file !== null && (
          <Opened key={file.preview.importId} {...file} onClose={() => setFile(null)} />
        )}
      </Panel>
      {may === true && <PastImports again={file?.preview.importId ?? null} />}
    </div>
  );
}

interface OpenedProps {
  readonly name: string;
  readonly preview: ImportPreview;
  readonly onClose: () => void;
}

function Opened({ name, preview, onClose }: OpenedProps) {
  const { words, language } = useWords();
  const { importId } = preview;
  const [mapping, setMapping] = useState<Mapping>({
    columns: preview.columns,
    zone: '',
    patientId: null,
    decimals: preview.decimals === 'unclear' ? null : preview.decimals,
  });
  const [state, setState] = useState<ImportState | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const runs = state?.phase === 'trying' || state?.phase === 'importing';
  const isOver = state !== null && ['done', 'stopped', 'failed'].includes(state.phase);

  useEffect(() => {
    if (!runs) return;
    const timer = setInterval(() => {
      void core.query('import.state', { importId }).then((answer) => {
        if (answer.ok) setState(answer.value);
        else setSaid(errorText(language, answer.error));
      });
    }, ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [runs, importId, language]);

  const begin = async (call: 'import.try' | 'import.commit'): Promise<void> => {
    setSaid(null);
    const zone = mapping.zone.trim() === '' ? null : mapping.zone.trim();
    const columns = mapping.columns.map(({ name: column, field }) => ({ name: column, field }));
    const answer =
      call === 'import.try'
        ? await core.command(call, {
            importId,
            columns,
            zone,
            patientId: mapping.patientId,
            decimals: mapping.decimals,
          })
        : await core.command(call, { importId });
    if (!answer.ok) return setSaid(problemText(words, language, answer.error));
    const first = await core.query('import.state', { importId });
    if (first.ok) setState(first.value);
  };
  const close = (): void => void core.command('import.close', { importId }).then(onClose);
  const change = (next: Mapping): void => {
    setMapping(next);
    // A dry run of another mapping says nothing of this one.
    setState(null);
  };
  const takes = state === null ? 0 : state.account.taken + state.account.partly;
  return (
    <>
      <p className="imports-file">
        <b>{name}</b> <span className="num">{words.imports.rows(preview.rows)}</span>
      </p>
      {!isOver && <ImportColumns preview={preview} mapping={mapping} isDisabled={runs} onChange={change} />}
      {said !== null && <p role="alert">{said}</p>}
      {state !== null && <ImportAccount state={state} />}
      <div className="imports-actions">
        {!isOver && (
          <Button
            detail={words.imports.tryHint}
            isDisabled={runs || mapping.decimals === null}
            onPress={() => void begin('import.try')}
          >
            {words.imports.tryOut}
          </Button>
        )}
        {state?.phase === 'tried' && (
          <Button
            variant="primary"
            isDisabled={takes === 0}
            disabledReason={words.imports.nothingToTake}
            onPress={() => void begin('import.commit')}
          >
            {words.imports.take(takes)}
          </Button>
        )}
        <Button variant="ghost" onPress={close}>
          {runs ? words.imports.cancel : words.imports.another}
        </Button>
      </div>
    </>
  );
}

function problemText(words: ScreenWords, language: LanguageCode, error: AppError): string {
  const { reason } = error.parameters;
  const known = typeof reason === 'string' ? words.imports.fileProblems[reason] : undefined;
  return error.code === 'file-unreadable' && known !== undefined ? known : errorText(language, error);
}
