/** A terminal of a core that could not start: every call is answered with why, so that the screen can say it. */
import { z } from 'zod';
import type { Channel } from '../../../app/contract/channel.ts';
import { refused } from '../../../app/contract/outcome.ts';
import type { MessageFromCore } from '../../../app/contract/wire.ts';
import type { StartFailure } from '../failure.ts';

const envelope = z.looseObject({ id: z.string().min(1).max(64) });

/** Refuses everything on `channel` with the failure's code and {reason, detail}. */
export function refuseTerminal(channel: Channel, { code, reason, detail }: StartFailure): void {
  channel.onMessage((message) => {
    const request = envelope.safeParse(message);
    if (!request.success) return;
    const answer: MessageFromCore = {
      kind: 'answer',
      id: request.data.id,
      outcome: refused(code, { reason, detail }),
    };
    channel.send(answer);
  });
}
