/** `npm run build`: bundles the program. */
import { ensureBuild } from '../setup/build.ts';

await ensureBuild();
