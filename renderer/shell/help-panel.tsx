/** The keys, docked at the side. */
import { Button } from '../design/index.ts';
import { useSidePanel } from './side-panel.ts';
import { useWords } from './words.ts';

export function HelpPanel() {
  const { words } = useWords();
  return (
    <aside className="side-panel" aria-label={words.frame.keysTitle}>
      <header className="side-head">
        <h2>{words.frame.keysTitle}</h2>
        <Button variant="ghost" onPress={() => useSidePanel.getState().close()}>
          {words.common.close}
        </Button>
      </header>
      <dl className="key-list">
        {words.frame.keyList.map(([keys, what]) => (
          <div key={keys}>
            <dt>
              <kbd className="key-hint">{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </aside>
  );
}
