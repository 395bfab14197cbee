/** Signing: two people, each with the PIN again and a key of their own, sign what they have read. */
import { mayDo } from '../../../app/access/access.ts';
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import type { PersonView } from '../../../app/contract/views.ts';
import type { SignerRole } from '../../../app/learning/adapters/life.ts';
import { RELEASE_FORMAT, type Statement } from '../../../app/learning/adapters/release.ts';
import { adapterManifestSchema } from '../../../app/learning/training/adapter-manifest.ts';
import type { Clock } from '../clock.ts';
import { signIn } from '../people/sign-in.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Store, Writer } from '../store/database.ts';
import type { CommandHandlers, PermittedCall } from '../terminal/calls.ts';
import {
  highestSequence,
  insertSignature,
  type KeptAdapter,
  readRelease,
  writeStatement,
} from './adapters-tables.ts';
import { sha256Text } from './check-folder.ts';
import { type AdapterRegistry, unknownAdapter } from './registry.ts';
import { keyOf, rotateKey, signStatement, statementHash, trustKey } from './signing.ts';

const PERMISSION_OF = { clinical: 'sign-clinically', technical: 'sign-technically' } as const;

export interface SignAdapterPorts {
  readonly store: Store;
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly registry: AdapterRegistry;
}

export function signAdapterCommands({
  store,
  sealing,
  clock,
  registry,
}: SignAdapterPorts): Pick<CommandHandlers, 'adapter.sign' | 'signing-key.rotate' | 'signing-key.trust'> {
  async function knowsPin(call: PermittedCall, pin: string): Promise<Outcome<null>> {
    const again = await signIn({ store, sealing, clock }, call.person.id, pin);
    return again.ok ? ok(null) : again;
  }

  function sign(
    write: Writer,
    person: PersonView,
    adapter: KeptAdapter,
    role: SignerRole,
    report: string,
  ): Outcome<Record<string, never>> {
    const before = readRelease(write, adapter.id);
    const statement: Statement =
      before !== null && before.statement.report === report
        ? before.statement
        : {
            format: RELEASE_FORMAT,
            sequence: highestSequence(write) + 1,
            version: adapter.version,
            base: adapterManifestSchema.parse(JSON.parse(adapter.manifest)).base.sha256,
            adapter: { sha256: adapter.id, bytes: adapter.bytes },
            manifest: sha256Text(adapter.manifest),
            report,
          };
    const why = registry.act(
      write,
      {
        act: 'signed',
        adapter: adapter.id,
        role,
        person: person.id,
        statement: statementHash(statement),
        report,
      },
      person.id,
    );
    if (why !== null) return refused('not-allowed-now', { reason: why });
    if (before?.statement !== statement) writeStatement(write, adapter.id, statement);
    const key = keyOf(write, sealing, person, role, clock.wall());
    insertSignature(write, adapter.id, {
      role,
      keyId: key.id,
      signature: signStatement(sealing, key, statement),
      atMs: clock.wall(),
    });
    return ok({});
  }

  return {
    'adapter.sign': async ({ id, role, report, pin }, call) => {
      const adapter = registry.find(id);
      if (adapter === null) return unknownAdapter();
      if (!mayDo(call.person.role, PERMISSION_OF[role]))
        return refused('not-allowed-now', { reason: 'role-not-yours' });
      const known = await knowsPin(call, pin);
      if (!known.ok) return known;
      const done = call.commit(id, { role, report }, (write) =>
        sign(write, call.person, adapter, role, report),
      );
      if (done.ok) registry.tell();
      return done;
    },
    'signing-key.rotate': async ({ role, pin }, call) => {
      if (!mayDo(call.person.role, PERMISSION_OF[role]))
        return refused('not-allowed-now', { reason: 'role-not-yours' });
      const known = await knowsPin(call, pin);
      if (!known.ok) return known;
      return call.commit(null, { role }, (write) =>
        ok({ id: rotateKey(write, sealing, call.person, role, clock.wall()).id }),
      );
    },
    'signing-key.trust': (given, call) =>
      call.commit(null, { role: given.role }, (write) => {
        const id = trustKey(write, given, call.person.id, clock.wall());
        return id === null ? refused('invalid-request', { field: 'publicKey' }) : ok({ id });
      }),
  };
}
