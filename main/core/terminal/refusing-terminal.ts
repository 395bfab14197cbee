/**
 * A terminal of a core that could not start: every call is answered with why, so that the screen can say it. Where it
 * is the key that is missing, the recovery key is taken.
 */
import { z } from 'zod';
import type { Channel } from '../../../app/contract/channel.ts';
import { commands } from '../../../app/contract/contract.ts';
import { type Outcome, refused } from '../../../app/contract/outcome.ts';
import type { MessageFromCore } from '../../../app/contract/wire.ts';
import type { StartFailure } from '../failure.ts';

const envelope = z.looseObject({ id: z.string().min(1).max(64) });
const unlockRequest = z.looseObject({
  kind: z.literal('command'),
  name: z.literal('record.unlock'),
  params: commands['record.unlock'].params,
});

/** Refuses everything on `channel` with the failure's code and {reason, detail}, but what `unlock` is asked for. */
export function refuseTerminal(
  channel: Channel,
  { code, reason, detail }: StartFailure,
  unlock: (recoveryKey: string) => Promise<Outcome<unknown>>,
): void {
  const answer = (id: string, outcome: Outcome<unknown>): void => {
    const message: MessageFromCore = { kind: 'answer', id, outcome };
    channel.send(message);
  };
  channel.onMessage((message) => {
    const request = envelope.safeParse(message);
    if (!request.success) return;
    const { id } = request.data;
    const asked = unlockRequest.safeParse(message);
    if (reason === 'key-unavailable' && asked.success)
      void unlock(asked.data.params.recoveryKey).then((outcome) => answer(id, outcome));
    else answer(id, refused(code, { reason, detail }));
  });
}
