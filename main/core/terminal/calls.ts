/** What a handler of a call looks like. A name of the contract without its handler does not compile. */
import type {
  CommandParams,
  CommandResult,
  commands,
  QueryAnswer,
  QueryParams,
} from '../../../app/contract/contract.ts';
import type { CommandName, QueryName } from '../../../app/contract/names.ts';
import type { Outcome } from '../../../app/contract/outcome.ts';
import type { PersonView } from '../../../app/contract/views.ts';
import type { AuditDetail } from '../audit/audit.ts';
import type { Writer } from '../store/database.ts';
import type { WardDraft } from '../ward/draft.ts';

/** Who is signed in at one terminal. It lives and dies with the terminal's channel. */
export interface TerminalSession {
  person(): PersonView | null;
  signedIn(person: PersonView): void;
  signedOut(): void;
}

/** A call that needs nobody: before the first person, or to sign in and out. */
export interface OpenCall {
  readonly session: TerminalSession;
}

/** A call by a person who may make it. */
export interface PermittedCall extends OpenCall {
  readonly person: PersonView;
  /**
   * Does the command's change: `work`, its audit row and the record that it was answered are one transaction.
   * A refusal that `work` returns undoes everything.
   */
  commit<R>(
    subject: string | null,
    detail: AuditDetail,
    work: (write: Writer, draft: WardDraft) => Outcome<R>,
  ): Outcome<R>;
}

type CallOf<N extends CommandName> = (typeof commands)[N]['permission'] extends null
  ? OpenCall
  : PermittedCall;

export type CommandHandler<N extends CommandName> = (
  params: CommandParams<N>,
  call: CallOf<N>,
) => Outcome<CommandResult<N>> | Promise<Outcome<CommandResult<N>>>;

export type CommandHandlers = { readonly [N in CommandName]: CommandHandler<N> };

/** What a query is told: `sequence` is the number of the last event that its answer contains, if it answers at once. */
export interface QueryCall extends OpenCall {
  readonly sequence: number;
}

export type QueryHandler<N extends QueryName> = (
  params: QueryParams<N>,
  call: QueryCall,
) => Outcome<QueryAnswer<N>> | Promise<Outcome<QueryAnswer<N>>>;

export type QueryHandlers = { readonly [N in QueryName]: QueryHandler<N> };
