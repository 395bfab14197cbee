/** Which view stands in the frame. */
import { Frame } from './shell/frame.tsx';
import { usePaintedTitle } from './shell/painted.ts';
import { useRoute } from './shell/route.ts';
import { useWard } from './shell/ward-store.ts';
import { Ward } from './ward/ward.tsx';
import { FirstRun } from './system/first-run.tsx';
import { SetUp } from './system/set-up.tsx';
import { System } from './system/system.tsx';

export function App() {
  const known = useWard((state) => state.system !== null);
  // Nothing is drawn before it is known: no empty frame that looks like an empty ward.
  return known ? <Known /> : null;
}

function Known() {
  usePaintedTitle();
  const isSetUp = useWard((state) => state.system?.setUp === true);
  return <Frame>{isSetUp ? <View /> : <SetUp />}</Frame>;
}

function View() {
  const route = useRoute();
  const empty = useWard((state) => Object.keys(state.beds).length === 0);
  switch (route.view) {
    case 'ward':
      return empty ? <FirstRun /> : <Ward />;
    case 'system':
      return <System />;
    default:
      return null;
  }
}
