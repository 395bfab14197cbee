/** The policy that is in force, for the ward; it changes only with a commit. */
import type { SitePolicy } from '../../../app/policy/site-policy.ts';
import { withVersion } from '../../../app/policy/site-policy.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Store } from '../store/database.ts';
import { type PolicyVersion, readPolicyVersions } from './policies-table.ts';

export interface SitePolicies {
  readonly active: () => SitePolicy;
  readonly versions: () => readonly PolicyVersion[];
  /** Reads again what is in force, after the commit that activated it. */
  readonly refresh: () => void;
}

/** Throws where the record holds a policy that this program cannot read: the ward must not run under another one. */
export function createSitePolicies(store: Store, sealing: Sealing): SitePolicies {
  const newest = (): SitePolicy => {
    const [version] = readPolicyVersions(store.read, sealing);
    if (version === undefined) throw new Error('there is always a first policy');
    return withVersion(version.policy, version.version);
  };
  let active = newest();
  return {
    active: () => active,
    versions: () => readPolicyVersions(store.read, sealing),
    refresh: () => {
      active = newest();
    },
  };
}
