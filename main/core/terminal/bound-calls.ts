/** Ties each call of the contract to its handler, with its shape checked on the way in. */
import type { z } from 'zod';
import type { Permission } from '../../../app/access/access.ts';
import { commands, queries } from '../../../app/contract/contract.ts';
import { COMMAND_NAMES, type CommandName, QUERY_NAMES, type QueryName } from '../../../app/contract/names.ts';
import { type Outcome, refused } from '../../../app/contract/outcome.ts';
import type { CommandHandlers, OpenCall, PermittedCall, QueryCall, QueryHandlers } from './calls.ts';

type BoundCommand =
  | {
      readonly permission: null;
      runOpen(params: unknown, call: OpenCall): Promise<Outcome<unknown>>;
    }
  | {
      readonly permission: Permission;
      runPermitted(params: unknown, call: PermittedCall): Promise<Outcome<unknown>>;
    };

interface BoundQuery {
  /** Null: anybody at the terminal may look. */
  readonly permission: Permission | null;
  run(params: unknown, call: QueryCall): Promise<Outcome<unknown>>;
}

export interface BoundCalls {
  /** Null for a name that the contract does not have. */
  command(name: string): BoundCommand | null;
  query(name: string): BoundQuery | null;
}

type MaybeLater<T> = T | Promise<T>;

export function bindCalls(command: CommandHandlers, query: QueryHandlers): BoundCalls {
  // Written out call by call: so the compiler checks each handler against its own schema without a cast.
  const boundCommands: Record<CommandName, BoundCommand> = {
    'ward.set-up': forNobody(commands['ward.set-up'], command['ward.set-up']),
    'session.sign-in': forNobody(commands['session.sign-in'], command['session.sign-in']),
    'session.lock': forNobody(commands['session.lock'], command['session.lock']),
    'terminal.prefer': forNobody(commands['terminal.prefer'], command['terminal.prefer']),
    'person.add': forPerson(commands['person.add'], command['person.add']),
    'patient.admit': forPerson(commands['patient.admit'], command['patient.admit']),
    'patient.transfer': forPerson(commands['patient.transfer'], command['patient.transfer']),
    'patient.discharge': forPerson(commands['patient.discharge'], command['patient.discharge']),
    'patient.merge': forPerson(commands['patient.merge'], command['patient.merge']),
    'patient.amend': forPerson(commands['patient.amend'], command['patient.amend']),
    'patient.set-policy': forPerson(commands['patient.set-policy'], command['patient.set-policy']),
    'message.release': forPerson(commands['message.release'], command['message.release']),
    'message.discard': forPerson(commands['message.discard'], command['message.discard']),
    'message.release-alike': forPerson(commands['message.release-alike'], command['message.release-alike']),
    'message.discard-alike': forPerson(commands['message.discard-alike'], command['message.discard-alike']),
    'observation.enter': forPerson(commands['observation.enter'], command['observation.enter']),
    'alert.act': forPerson(commands['alert.act'], command['alert.act']),
    'alarm.audio-off': forPerson(commands['alarm.audio-off'], command['alarm.audio-off']),
    'alarm.audio-on': forNobody(commands['alarm.audio-on'], command['alarm.audio-on']),
    'alarm.answer-tone': forPerson(commands['alarm.answer-tone'], command['alarm.answer-tone']),
    'alarm.report-output': forNobody(commands['alarm.report-output'], command['alarm.report-output']),
    'technical.acknowledge': forPerson(commands['technical.acknowledge'], command['technical.acknowledge']),
    'explanation.request': forPerson(commands['explanation.request'], command['explanation.request']),
    'explanation.stop': forPerson(commands['explanation.stop'], command['explanation.stop']),
    'rating.save': forPerson(commands['rating.save'], command['rating.save']),
    'review.rate': forPerson(commands['review.rate'], command['review.rate']),
    'review.correct': forPerson(commands['review.correct'], command['review.correct']),
    'review.choose': forPerson(commands['review.choose'], command['review.choose']),
    'review.settle': forPerson(commands['review.settle'], command['review.settle']),
    'review.withdraw': forPerson(commands['review.withdraw'], command['review.withdraw']),
    'demonstration.start': forPerson(commands['demonstration.start'], command['demonstration.start']),
    'demonstration.stop': forPerson(commands['demonstration.stop'], command['demonstration.stop']),
    'intake.configure': forPerson(commands['intake.configure'], command['intake.configure']),
    'feed.configure': forPerson(commands['feed.configure'], command['feed.configure']),
    'fhir.configure': forPerson(commands['fhir.configure'], command['fhir.configure']),
    'engine.configure': forPerson(commands['engine.configure'], command['engine.configure']),
    'serving.configure': forPerson(commands['serving.configure'], command['serving.configure']),
    'monitoring.configure': forPerson(commands['monitoring.configure'], command['monitoring.configure']),
    'mapping.save': forPerson(commands['mapping.save'], command['mapping.save']),
    'knowledge.read': forPerson(commands['knowledge.read'], command['knowledge.read']),
    'knowledge.save': forPerson(commands['knowledge.save'], command['knowledge.save']),
    'knowledge.approve': forPerson(commands['knowledge.approve'], command['knowledge.approve']),
    'knowledge.withdraw': forPerson(commands['knowledge.withdraw'], command['knowledge.withdraw']),
    'policy.save-draft': forPerson(commands['policy.save-draft'], command['policy.save-draft']),
    'policy.discard-draft': forPerson(commands['policy.discard-draft'], command['policy.discard-draft']),
    'policy.simulate': forPerson(commands['policy.simulate'], command['policy.simulate']),
    'policy.stop-simulation': forPerson(
      commands['policy.stop-simulation'],
      command['policy.stop-simulation'],
    ),
    'policy.activate': forPerson(commands['policy.activate'], command['policy.activate']),
    'import.open': forPerson(commands['import.open'], command['import.open']),
    'import.try': forPerson(commands['import.try'], command['import.try']),
    'import.commit': forPerson(commands['import.commit'], command['import.commit']),
    'import.close': forPerson(commands['import.close'], command['import.close']),
    'recovery-key.create': forPerson(commands['recovery-key.create'], command['recovery-key.create']),
    'recovery-key.confirm': forPerson(commands['recovery-key.confirm'], command['recovery-key.confirm']),
    'backup.now': forPerson(commands['backup.now'], command['backup.now']),
    'backup.configure': forPerson(commands['backup.configure'], command['backup.configure']),
    'audit.export': forPerson(commands['audit.export'], command['audit.export']),
    'audit.save-list': forPerson(commands['audit.save-list'], command['audit.save-list']),
    'retention.configure': forPerson(commands['retention.configure'], command['retention.configure']),
    'data-key.renew': forPerson(commands['data-key.renew'], command['data-key.renew']),
    'consent.record': forPerson(commands['consent.record'], command['consent.record']),
    'data-set.build': forPerson(commands['data-set.build'], command['data-set.build']),
    'data-set.approve': forPerson(commands['data-set.approve'], command['data-set.approve']),
    'data-set.export': forPerson(commands['data-set.export'], command['data-set.export']),
    'training-host.save': forPerson(commands['training-host.save'], command['training-host.save']),
    'training-host.remove': forPerson(commands['training-host.remove'], command['training-host.remove']),
    'training.begin': forPerson(commands['training.begin'], command['training.begin']),
    'training.stop': forPerson(commands['training.stop'], command['training.stop']),
    'training.resume': forPerson(commands['training.resume'], command['training.resume']),
    'training.fetch': forPerson(commands['training.fetch'], command['training.fetch']),
    'adapter.import': forPerson(commands['adapter.import'], command['adapter.import']),
    'adapter.run-gates': forPerson(commands['adapter.run-gates'], command['adapter.run-gates']),
    'adapter.stop-gates': forPerson(commands['adapter.stop-gates'], command['adapter.stop-gates']),
    'adapter.sign': forPerson(commands['adapter.sign'], command['adapter.sign']),
    'adapter.shadow': forPerson(commands['adapter.shadow'], command['adapter.shadow']),
    'adapter.canary': forPerson(commands['adapter.canary'], command['adapter.canary']),
    'adapter.promote': forPerson(commands['adapter.promote'], command['adapter.promote']),
    'adapter.step-back': forPerson(commands['adapter.step-back'], command['adapter.step-back']),
    'adapter.withdraw': forPerson(commands['adapter.withdraw'], command['adapter.withdraw']),
    'adapter.export': forPerson(commands['adapter.export'], command['adapter.export']),
    'adapter.exposure': forPerson(commands['adapter.exposure'], command['adapter.exposure']),
    'exchange.save': forPerson(commands['exchange.save'], command['exchange.save']),
    'exchange.look': forPerson(commands['exchange.look'], command['exchange.look']),
    'exchange.publish': forPerson(commands['exchange.publish'], command['exchange.publish']),
    'exchange.send': forPerson(commands['exchange.send'], command['exchange.send']),
    'signing-key.rotate': forPerson(commands['signing-key.rotate'], command['signing-key.rotate']),
    'signing-key.trust': forPerson(commands['signing-key.trust'], command['signing-key.trust']),
    'record.unlock': forNobody(commands['record.unlock'], command['record.unlock']),
  };
  const boundQueries: Record<QueryName, BoundQuery> = {
    'ward.snapshot': forQuery(queries['ward.snapshot'], query['ward.snapshot']),
    'bed.history': forQuery(queries['bed.history'], query['bed.history']),
    'patients.find': forQuery(queries['patients.find'], query['patients.find']),
    'patient.detail': forQuery(queries['patient.detail'], query['patient.detail']),
    'patient.handover': forQuery(queries['patient.handover'], query['patient.handover']),
    'messages.waiting': forQuery(queries['messages.waiting'], query['messages.waiting']),
    'message.show': forQuery(queries['message.show'], query['message.show']),
    'alert.explanation': forQuery(queries['alert.explanation'], query['alert.explanation']),
    'explanation.why': forQuery(queries['explanation.why'], query['explanation.why']),
    'explanation.calibration': forQuery(queries['explanation.calibration'], query['explanation.calibration']),
    'explanation.replay': forQuery(queries['explanation.replay'], query['explanation.replay']),
    'review.queue': forQuery(queries['review.queue'], query['review.queue']),
    'review.item': forQuery(queries['review.item'], query['review.item']),
    'review.agreement': forQuery(queries['review.agreement'], query['review.agreement']),
    'alert.list': forQuery(queries['alert.list'], query['alert.list']),
    'alert.burden': forQuery(queries['alert.burden'], query['alert.burden']),
    'technical.list': forQuery(queries['technical.list'], query['technical.list']),
    'import.state': forQuery(queries['import.state'], query['import.state']),
    'import.list': forQuery(queries['import.list'], query['import.list']),
    'intake.safety': forQuery(queries['intake.safety'], query['intake.safety']),
    'feed.list': forQuery(queries['feed.list'], query['feed.list']),
    'fhir.state': forQuery(queries['fhir.state'], query['fhir.state']),
    'consent.of': forQuery(queries['consent.of'], query['consent.of']),
    'data-set.state': forQuery(queries['data-set.state'], query['data-set.state']),
    'data-set.preview': forQuery(queries['data-set.preview'], query['data-set.preview']),
    'training.state': forQuery(queries['training.state'], query['training.state']),
    'training.preview': forQuery(queries['training.preview'], query['training.preview']),
    'training-host.key': forQuery(queries['training-host.key'], query['training-host.key']),
    'training-host.check': forQuery(queries['training-host.check'], query['training-host.check']),
    'adapter.state': forQuery(queries['adapter.state'], query['adapter.state']),
    'adapter.report': forQuery(queries['adapter.report'], query['adapter.report']),
    'adapter.history': forQuery(queries['adapter.history'], query['adapter.history']),
    'exchange.state': forQuery(queries['exchange.state'], query['exchange.state']),
    'engine.settings': forQuery(queries['engine.settings'], query['engine.settings']),
    'serving.state': forQuery(queries['serving.state'], query['serving.state']),
    'monitoring.state': forQuery(queries['monitoring.state'], query['monitoring.state']),
    'mapping.list': forQuery(queries['mapping.list'], query['mapping.list']),
    'knowledge.search': forQuery(queries['knowledge.search'], query['knowledge.search']),
    'knowledge.card': forQuery(queries['knowledge.card'], query['knowledge.card']),
    'knowledge.guidelines': forQuery(queries['knowledge.guidelines'], query['knowledge.guidelines']),
    'policy.current': forQuery(queries['policy.current'], query['policy.current']),
    'policy.versions': forQuery(queries['policy.versions'], query['policy.versions']),
    'policy.simulation': forQuery(queries['policy.simulation'], query['policy.simulation']),
    'storage.state': forQuery(queries['storage.state'], query['storage.state']),
    'audit.verify': forQuery(queries['audit.verify'], query['audit.verify']),
    'audit.list': forQuery(queries['audit.list'], query['audit.list']),
    'retention.preview': forQuery(queries['retention.preview'], query['retention.preview']),
  };
  return {
    command: (name) => {
      const known = COMMAND_NAMES.find((one) => one === name);
      return known === undefined ? null : boundCommands[known];
    },
    query: (name) => {
      const known = QUERY_NAMES.find((one) => one === name);
      return known === undefined ? null : boundQueries[known];
    },
  };
}

function forNobody<P, R>(
  shape: { readonly permission: null; readonly params: z.ZodType<P>; readonly result: z.ZodType<R> },
  handle: (params: P, call: OpenCall) => MaybeLater<Outcome<R>>,
): BoundCommand {
  return {
    permission: null,
    runOpen: async (params, call) => {
      const checked = shape.params.safeParse(params);
      return checked.success ? handle(checked.data, call) : malformed(checked.error);
    },
  };
}

function forPerson<P, R>(
  shape: { readonly permission: Permission; readonly params: z.ZodType<P>; readonly result: z.ZodType<R> },
  handle: (params: P, call: PermittedCall) => MaybeLater<Outcome<R>>,
): BoundCommand {
  return {
    permission: shape.permission,
    runPermitted: async (params, call) => {
      const checked = shape.params.safeParse(params);
      return checked.success ? handle(checked.data, call) : malformed(checked.error);
    },
  };
}

function forQuery<P, R>(
  shape: {
    readonly permission?: Permission;
    readonly params: z.ZodType<P>;
    readonly result: z.ZodType<unknown, R>;
  },
  handle: (params: P, call: QueryCall) => MaybeLater<Outcome<R>>,
): BoundQuery {
  return {
    permission: shape.permission ?? null,
    run: async (params, call) => {
      const checked = shape.params.safeParse(params);
      return checked.success ? handle(checked.data, call) : malformed(checked.error);
    },
  };
}

/** Names the field, never its content. */
function malformed(error: z.ZodError): Outcome<never> {
  return refused('invalid-request', { field: error.issues[0]?.path.join('.') ?? '' });
}
