/** Search by bed, name or number. The answer stands beside the field: nothing opens over the vitals. */
import { IconForward, IconSearch } from '../design/index.ts';
import { go } from './route.ts';
import { bedsThatFit, SEARCH_FIELD_ID, useSearch } from './search.ts';
import { useWard } from './ward-store.ts';
import { useWords } from './words.ts';

export function SearchField() {
  const { words } = useWords();
  const { text, type } = useSearch();
  const beds = useWard((state) => state.beds);
  const fitting = bedsThatFit(Object.values(beds), text);
  const [first] = fitting;
  const open = () => {
    if (first === undefined) return;
    type('');
    // Out of the field again, so that the next key is a command and not a search.
    document.getElementById(SEARCH_FIELD_ID)?.blur();
    go({ view: 'bed', patientId: first.view.patient.id });
  };
  return (
    <search className="search">
      <form
        className="search-box"
        onSubmit={(event) => {
          event.preventDefault();
          open();
        }}
      >
        <IconSearch size={18} />
        <input
          id={SEARCH_FIELD_ID}
          value={text}
          autoComplete="off"
          placeholder={words.frame.search}
          aria-label={words.frame.search}
          onChange={(event) => type(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            type('');
            event.currentTarget.blur();
          }}
        />
        {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a key's picture takes no focus */}
        <kbd className="key-hint" aria-hidden="true">
          {text === '' ? '/' : '⏎'}
        </kbd>
      </form>
      <output className="search-answer">
        {text.trim() !== '' && first === undefined && words.frame.searchNothing}
        {first !== undefined && (
          <button type="button" className="search-first" onClick={open}>
            <IconForward size={14} />
            <b className="num">{first.view.bed}</b> {first.view.patient.name}
            {fitting.length > 1 && <span> ({words.frame.searchResults(fitting.length)})</span>}
          </button>
        )}
      </output>
    </search>
  );
}
