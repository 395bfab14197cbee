/** The calls about the site's policy. */
import type { PolicyVersionView } from '../../../app/contract/calls/policy.ts';
import { ok, refused } from '../../../app/contract/outcome.ts';
import type { PersonView } from '../../../app/contract/views.ts';
import { policyChanges } from '../../../app/policy/site-policy.ts';
import { type Clock, isoTime } from '../clock.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Store } from '../store/database.ts';
import type { CommandHandlers, QueryHandlers } from '../terminal/calls.ts';
import { simulatedPatients } from './patients-of-days.ts';
import {
  insertPolicyVersion,
  type PolicyVersion,
  readPolicyDraft,
  removePolicyDraft,
  writePolicyDraft,
} from './policies-table.ts';
import type { Simulations } from './run-simulation.ts';
import type { SitePolicies } from './site-policies.ts';

export interface PolicyHandlerPorts {
  readonly store: Store;
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly policies: SitePolicies;
  readonly simulations: Simulations;
  readonly people: () => readonly PersonView[];
  /** Where the record is, for the thread that simulates. */
  readonly userDataDir: string;
  readonly nativeBinding: string | null;
  /** The ward runs under another policy from here on. */
  readonly policyChanged: () => void;
}

type PolicyCommands =
  | 'policy.save-draft'
  | 'policy.discard-draft'
  | 'policy.simulate'
  | 'policy.stop-simulation'
  | 'policy.activate';

export function policyHandlers(ports: PolicyHandlerPorts): Pick<CommandHandlers, PolicyCommands> {
  const { store, sealing, clock, policies, simulations } = ports;
  const version = (): number => policies.active().alerts.version;
  const changedMeanwhile = () => refused('changed-meanwhile', { version: version() });
  return {
    'policy.save-draft': ({ expectedVersion, policy, takeOver }, call) => {
      const detail = { basedOn: expectedVersion, ...(takeOver === undefined ? {} : { takeOver }) };
      const saved = call.commit(null, detail, (write) => {
        if (expectedVersion !== version()) return changedMeanwhile();
        const before = readPolicyDraft(write);
        const savedAt = before === null ? null : isoTime(before.savedMs);
        // One draft for all: nobody's work is written over without a word.
        if (before !== null && before.savedBy !== call.person.id && takeOver !== savedAt)
          return refused('not-allowed-now', {
            reason: 'draft-of-another',
            by: nameOf(ports, before.savedBy),
            savedAt: isoTime(before.savedMs),
          });
        writePolicyDraft(write, {
          basedOn: expectedVersion,
          policy,
          savedMs: clock.wall(),
          savedBy: call.person.id,
        });
        return ok({});
      });
      if (saved.ok) simulations.stop();
      return saved;
    },
    'policy.discard-draft': (_params, call) => {
      const discarded = call.commit(null, {}, (write) => {
        removePolicyDraft(write);
        return ok({});
      });
      if (discarded.ok) simulations.stop();
      return discarded;
    },
    'policy.simulate': (_params, call) => {
      const draft = readPolicyDraft(store.read);
      if (draft === null) return refused('not-found', { what: 'policy-draft' });
      if (simulations.state().state === 'running') return refused('busy');
      const started = call.commit(null, {}, () => ok({}));
      if (!started.ok) return started;
      const nowMs = clock.wall();
      simulations.start({
        userDataDir: ports.userDataDir,
        nativeBinding: ports.nativeBinding,
        nowMs,
        before: policies.active(),
        after: draft.policy,
        patients: simulatedPatients(store.read, sealing, nowMs),
      });
      return started;
    },
    'policy.stop-simulation': (_params, call) => {
      const stopped = call.commit(null, {}, () => ok({}));
      if (stopped.ok) simulations.stop();
      return stopped;
    },
    'policy.activate': ({ expectedVersion, reason }, call) => {
      const draft = readPolicyDraft(store.read);
      if (draft === null) return refused('not-found', { what: 'policy-draft' });
      // Saving a draft forgets its simulation: what goes into force was tried on the days before, as it stands.
      const { state } = simulations.state();
      if (state === 'running') return refused('busy');
      if (state === 'none') return refused('not-allowed-now', { reason: 'not-simulated' });
      const next = policies.nextVersion();
      const changes = policyChanges(policies.active(), draft.policy).length;
      const activated = call.commit(String(next), { version: next, changes }, (write) => {
        if (expectedVersion !== version() || draft.basedOn !== version()) return changedMeanwhile();
        insertPolicyVersion(write, sealing, next, draft.policy, {
          ms: clock.wall(),
          by: call.person.id,
          reason,
        });
        removePolicyDraft(write);
        return ok({ version: next });
      });
      if (activated.ok) {
        simulations.stop();
        policies.refresh();
        ports.policyChanged();
      }
      return activated;
    },
  };
}

export function policyQueries(
  ports: PolicyHandlerPorts,
): Pick<QueryHandlers, 'policy.current' | 'policy.versions' | 'policy.simulation'> {
  const viewOf = ({ version, policy, activated }: PolicyVersion): PolicyVersionView => ({
    version,
    policy,
    activatedAt: activated === null ? null : isoTime(activated.ms),
    activatedBy: activated === null ? null : nameOf(ports, activated.by),
    reason: activated?.reason ?? null,
  });
  return {
    'policy.current': () => {
      const unreadable = ports.policies.unreadable();
      const draft = readPolicyDraft(ports.store.read);
      return ok({
        current: viewOf(ports.policies.inForce()),
        draft:
          draft === null
            ? null
            : {
                basedOn: draft.basedOn,
                policy: draft.policy,
                savedAt: isoTime(draft.savedMs),
                savedBy: nameOf(ports, draft.savedBy),
              },
        ...(unreadable.length === 0
          ? {}
          : {
              unreadable: unreadable.map(({ version, activatedMs, faults }) => ({
                version,
                activatedAt: isoTime(activatedMs),
                faults: [...faults],
              })),
            }),
      });
    },
    'policy.versions': () => ok(ports.policies.versions().map(viewOf)),
    'policy.simulation': () => ok(ports.simulations.state()),
  };
}

function nameOf({ people }: PolicyHandlerPorts, id: string): string {
  return people().find((person) => person.id === id)?.name ?? id;
}
