/** What stands around every view: rail, top bar, alarm strip, banner, docked panels and footer. */
import type { ReactNode } from 'react';
import { IconNoWave, ScreenLanguage } from '../design/index.ts';
import { AlarmStrip } from './alarm-strip.tsx';
import { useAppearance } from './appearance.ts';
import './frame.css';
import './strip.css';
import './side.css';
import { HelpPanel } from './help-panel.tsx';
import { useKeys } from './keys.ts';
import { Rail } from './rail.tsx';
import { useSidePanel } from './side-panel.ts';
import { SignInPanel } from './sign-in-panel.tsx';
import { useSignInState } from './sign-in-state.ts';
import { TopBar } from './top-bar.tsx';
import { useWard } from './ward-store.ts';
import { useWords } from './words.ts';

export function Frame({ children }: { readonly children: ReactNode }) {
  useAppearance();
  useKeys();
  const signingIn = useSignInState((state) => state.open);
  const help = useSidePanel((state) => state.help);
  const { language } = useWords();
  return (
    <ScreenLanguage value={language}>
      <div className="frame">
        <Rail />
        <TopBar />
        <AlarmStrip />
        <ConnectionBanner />
        <div className="frame-work">
          <main className="frame-view">{children}</main>
          {signingIn ? <SignInPanel /> : help && <HelpPanel />}
        </div>
        <Footer />
      </div>
    </ScreenLanguage>
  );
}

function ConnectionBanner() {
  const { words } = useWords();
  const lost = useWard((state) => state.connection === 'lost' && state.system !== null);
  if (!lost) return null;
  return (
    <div className="connection-lost" role="alert">
      <IconNoWave size={22} />
      <b>{words.frame.connectionLost}</b>
      <span>{words.frame.connectionLostDetail}</span>
    </div>
  );
}

function Footer() {
  const { words } = useWords();
  const system = useWard((state) => state.system);
  return (
    <footer className="frame-foot">
      <b>{words.common.assistiveOnly}</b>
      <span>{words.frame.footer}</span>
      <span className="frame-foot-end">
        {system?.sealing === 'permissions-only' ? words.frame.sealingWeak : words.frame.storedHere}
      </span>
      <span>{words.frame.version(system?.program.version ?? '')}</span>
    </footer>
  );
}
