/** The hospital's own guidelines: added with a preview, approved by a named person, withdrawn with a reason. */
import { useId, useState } from 'react';
import { type GuidelinePreview, LARGEST_GUIDELINE } from '../../app/contract/calls/knowledge.ts';
import { errorText } from '../../app/language/language.ts';
import { Button, Panel, Tag } from '../design/index.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { useQuery } from '../query/use-query.ts';
import { core, openSignIn, useWords } from '../shell/index.ts';
import { useMay } from '../system/intake-form.tsx';
import { whenText } from '../system/when.ts';
import { Decide } from './decide.tsx';
import { Preview } from './preview.tsx';

interface GuidelinesProps {
  readonly changes: number;
  readonly onChange: () => void;
}

export function Guidelines({ changes, onChange }: GuidelinesProps) {
  const { words, language } = useWords();
  const { knowledge } = words;
  const may = useMay('manage-knowledge');
  const asked = useQuery('knowledge.guidelines', {}, { again: changes });
  const [preview, setPreview] = useState<GuidelinePreview | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const guidelines = asked.value ?? [];
  return (
    <Panel title={knowledge.guidelines} note={knowledge.guidelinesNote}>
      {may === null && <Button onPress={() => openSignIn()}>{knowledge.signIn}</Button>}
      {may === true && preview === null && <Choose onRead={setPreview} onSaid={setSaid} />}
      {said !== null && <p role="status">{said}</p>}
      {preview !== null && (
        <Preview
          preview={preview}
          known={guidelines}
          onDiscard={() => setPreview(null)}
          onSaved={() => {
            setPreview(null);
            setSaid(knowledge.saved);
            onChange();
          }}
        />
      )}
      {guidelines.length === 0 ? (
        <ReadNotice asked={asked} what={knowledge.guidelines} empty={knowledge.noGuidelines} />
      ) : (
        <ul className="knowledge-cards">
          {[...guidelines].reverse().map((one) => (
            <li key={`${one.id} ${one.version}`} className="knowledge-guideline">
              <div>
                <b>{one.title}</b> <span className="num">{knowledge.version(one.version)}</span>
                <p className="knowledge-note">
                  {one.organisation}, <span className="num">{one.year}</span>.{' '}
                  {knowledge.previewNote(one.cards)}. {knowledge.added}: {one.savedBy},{' '}
                  {whenText(language, one.savedAt)}. {knowledge.review}:{' '}
                  <span className="num">{one.reviewDue}</span>
                </p>
                {one.approved !== null && (
                  <p className="knowledge-note">
                    {knowledge.approvedBy(one.approved.by, whenText(language, one.approved.at))}
                  </p>
                )}
                {one.withdrawn !== null && (
                  <p className="knowledge-note">
                    {knowledge.withdrawnBy(one.withdrawn.by, whenText(language, one.withdrawn.at))}{' '}
                    {one.withdrawn.reason}
                  </p>
                )}
              </div>
              <span className="knowledge-tags">
                <Tag tone={one.standing === 'in-force' ? 'plain' : 'tech'}>
                  {knowledge.standings[one.standing]}
                </Tag>
                {one.overdue && <Tag tone="tech">{knowledge.overdue}</Tag>}
              </span>
              <Decide
                subject="guideline"
                id={one.id}
                version={one.version}
                canApprove={one.standing === 'waiting' || one.standing === 'withdrawn'}
                canWithdraw={one.standing === 'in-force' || one.standing === 'waiting'}
                onDone={onChange}
              />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Choose({
  onRead,
  onSaid,
}: {
  readonly onRead: (preview: GuidelinePreview) => void;
  readonly onSaid: (said: string | null) => void;
}) {
  const { words, language } = useWords();
  const { knowledge } = words;
  const id = useId();
  const read = async (file: File): Promise<void> => {
    if (file.size > LARGEST_GUIDELINE) return onSaid(knowledge.tooLarge);
    onSaid(knowledge.reading);
    const base64 = base64Of(new Uint8Array(await file.arrayBuffer()));
    const answer = await core.command('knowledge.read', { name: file.name.slice(-256), base64 });
    if (answer.ok) {
      onSaid(null);
      return onRead(answer.value);
    }
    const { reason } = answer.error.parameters;
    const known = typeof reason === 'string' ? knowledge.fileProblems[reason] : undefined;
    onSaid(
      answer.error.code === 'file-unreadable' && known !== undefined
        ? known
        : errorText(language, answer.error),
    );
  };
  return (
    <div className="field">
      <label htmlFor={id}>{knowledge.choose}</label>
      <input
        id={id}
        type="file"
        className="field-input"
        accept=".pdf,.docx,.md,.markdown,.txt"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          currentTarget.value = '';
          if (file !== undefined) void read(file);
        }}
      />
      <p className="field-note">{knowledge.chooseHint}</p>
    </div>
  );
}

/** A string is built in pieces: spread arguments have a limit. */
const PIECE = 0x8000;

function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += PIECE)
    text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(text);
}
