/** Local times without a zone, where a site has set none. */
import type { SiteZone } from '../../../app/observation/hl7/time.ts';

/** The site's zone is this machine's: with summer time, at the local time of the stamp. */
export const machineZone: SiteZone = (localIso) => -new Date(localIso).getTimezoneOffset();
