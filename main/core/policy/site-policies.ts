/** The policy that is in force, for the ward; it changes only with a commit. */
import type { SitePolicy } from '../../../app/policy/site-policy.ts';
import { withVersion } from '../../../app/policy/site-policy.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Store } from '../store/database.ts';
import {
  type PolicyVersion,
  type PolicyVersions,
  readPolicyVersions,
  type UnreadablePolicy,
} from './policies-table.ts';

export interface SitePolicies {
  readonly active: () => SitePolicy;
  /** The version in force. */
  readonly inForce: () => PolicyVersion;
  /** What can be read, the newest first. */
  readonly versions: () => readonly PolicyVersion[];
  /** Newer than the one in force, and not readable: the one in force stands in for them. */
  readonly unreadable: () => readonly UnreadablePolicy[];
  /** The number that the next version gets. */
  readonly nextVersion: () => number;
  /** Reads again what is in force, after the commit that activated it. */
  readonly refresh: () => void;
}

/**
 * A policy that this program cannot read does not keep the ward from working: the last one that it can read is in
 * force, in the end the program's own. The text is kept, and `unreadable` names it.
 */
export function createSitePolicies(store: Store, sealing: Sealing): SitePolicies {
  const newest = ({ readable }: PolicyVersions): PolicyVersion => {
    const [version] = readable;
    if (version === undefined) throw new Error('there is always a first policy');
    return version;
  };
  const read = () => readPolicyVersions(store.read, sealing);
  let inForce = newest(read());
  let active = withVersion(inForce.policy, inForce.version);
  return {
    active: () => active,
    inForce: () => inForce,
    versions: () => read().readable,
    unreadable: () => read().unreadable.filter(({ version }) => version > inForce.version),
    nextVersion: () => read().newest + 1,
    refresh: () => {
      inForce = newest(read());
      active = withVersion(inForce.policy, inForce.version);
    },
  };
}
