/** Where one is, what runs, what time it is and who is signed in. */
import { engineStateText, formatDate, formatTime, roleName } from '../../app/language/language.ts';
import { AudioOff } from '../alarm/audio-off.tsx';
import { Button, IconLock, IconNoWave, IconShield, IconShieldHeld, IconWave, Tag } from '../design/index.ts';
import { useDense } from './appearance.ts';
import { useNow } from './clock.ts';
import { core } from './core.ts';
import { feedOf } from './monitors.ts';
import { SearchField } from './search-field.tsx';
import { lockTerminal, openSignIn, useSignInState } from './sign-in-state.ts';
import { useWard } from './ward-store.ts';
import { useWords } from './words.ts';

export function TopBar() {
  const { words } = useWords();
  const dense = useDense();
  const wardName = useWard((state) => state.system?.wardName ?? '');
  const isSetUp = useWard((state) => state.system?.setUp === true);
  const beds = useWard((state) => Object.keys(state.beds).length);
  return (
    <header className="top-bar">
      <h1>{wardName === '' ? 'MedObsMind' : wardName}</h1>
      {isSetUp && (
        <>
          <span className="top-beds">{beds === 0 ? words.frame.noBeds : words.frame.beds(beds)}</span>
          <DemonstrationMark />
          <SearchField />
        </>
      )}
      {dense && <span className="top-note">{words.common.assistiveOnly}</span>}
      <span className="top-space" />
      <Monitors />
      <Engine />
      {isSetUp && <AudioOff />}
      <Switches />
      <Clock />
      {isSetUp && <Person />}
    </header>
  );
}

/** On every screen while a demonstration patient is in the ward. */
function DemonstrationMark() {
  const { words } = useWords();
  const shown = useWard((state) => Object.values(state.beds).some(({ view }) => view.patient.demonstration));
  const running = useWard((state) => state.system?.demonstration?.running === true);
  if (!shown && !running) return null;
  return (
    <span className="top-demonstration" title={words.demo.markDetail}>
      <Tag tone="demo">{words.demo.mark}</Tag>
    </span>
  );
}

function Monitors() {
  const { words } = useWords();
  const now = useNow();
  const beds = useWard((state) => state.beds);
  const intake = useWard((state) => state.system?.intake ?? null);
  if (intake === null) return null;
  const feeds = Object.values(beds).map((bed) => feedOf(bed, now).state);
  const all = feeds.filter((state) => state !== 'none' && state !== 'single').length;
  const sending = feeds.filter((state) => state === 'sending').length;
  const bad = sending < all || !intake.listening;
  return (
    <span className="top-state" data-bad={bad}>
      {bad ? <IconNoWave size={18} /> : <IconWave size={18} />}
      {monitorsText()}
    </span>
  );

  function monitorsText(): string {
    if (all > 0) return words.frame.monitorsSending(sending, all);
    if (!intake?.listening) return words.frame.notListening;
    return intake.connections > 0
      ? words.frame.monitorsConnected(intake.connections)
      : words.frame.noMonitors;
  }
}

function Engine() {
  const { language } = useWords();
  const engine = useWard((state) => state.system?.engine ?? null);
  if (engine === null) return null;
  const { title, whatToDo } = engineStateText(language, engine);
  // In a small window only what somebody should know of has room; no model, or none in use, is such a thing.
  const bad = engine.state !== 'ready' && engine.state !== 'starting';
  return (
    <span className="top-state top-engine" data-bad={bad} title={whatToDo}>
      {engine.state === 'ready' ? <IconShield size={18} /> : <IconShieldHeld size={18} />}
      {title}
    </span>
  );
}

/** Anybody may switch the language and the theme: reading must never need a sign-in. */
function Switches() {
  const { words, language } = useWords();
  const theme = useWard((state) => state.system?.theme ?? 'ward-light');
  const other = language === 'en' ? 'hi' : 'en';
  const dark = theme === 'ward-dark';
  return (
    <span className="top-switches">
      <Button
        variant="ghost"
        aria-label={`${words.frame.language}: ${words.frame.languageNames[other]}`}
        onPress={() => void core.command('terminal.prefer', { language: other })}
      >
        <span lang={other}>{words.frame.languageNames[other]}</span>
      </Button>
      <Button
        variant="ghost"
        aria-label={`${words.frame.theme}: ${dark ? words.frame.themeLight : words.frame.themeDark}`}
        onPress={() => void core.command('terminal.prefer', { theme: dark ? 'ward-light' : 'ward-dark' })}
      >
        {dark ? words.frame.themeLight : words.frame.themeDark}
      </Button>
    </span>
  );
}

function Clock() {
  const { language } = useWords();
  useNow();
  const iso = new Date().toISOString();
  return (
    <time className="top-clock num" dateTime={iso}>
      <b>{formatTime(language, iso, { seconds: true })}</b>
      <small>{formatDate(language, iso)}</small>
    </time>
  );
}

function Person() {
  const { words, language } = useWords();
  const person = useWard((state) => state.session.person);
  const panelOpen = useSignInState((state) => state.open);
  if (person === null)
    return (
      <div className="top-person">
        <span className="top-who">{words.signIn.notSignedIn}</span>
        {!panelOpen && (
          <Button variant="primary" onPress={() => openSignIn()}>
            <IconLock size={16} />
            {words.signIn.signIn}
          </Button>
        )}
      </div>
    );
  return (
    <div className="top-person">
      <span className="top-initials" aria-hidden="true">
        {initials(person.name)}
      </span>
      <span className="top-who">
        <b>{person.name}</b>
        <small>{roleName(language, person.role)}</small>
      </span>
      <Button shortcut={words.signIn.lockHint} onPress={() => void lockTerminal()}>
        <IconLock size={16} />
        {words.frame.lock}
      </Button>
    </div>
  );
}

function initials(name: string): string {
  const words = name.split(/\s+/u).filter((word) => word !== '');
  const [first = '', last = ''] = [words[0], words.length > 1 ? words.at(-1) : ''];
  return `${[...first][0] ?? ''}${[...last][0] ?? ''}`.toLocaleUpperCase();
}
