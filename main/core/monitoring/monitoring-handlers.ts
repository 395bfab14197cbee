/** What may be asked of the program's own figures, and where Prometheus may read them. */
import { ok } from '../../../app/contract/outcome.ts';
import { type Settings, writeSettings } from '../store/settings.ts';
import type { CommandHandlers, QueryHandlers } from '../terminal/calls.ts';
import type { Monitoring } from './monitoring.ts';

export interface MonitoringHandlerPorts {
  readonly monitoring: Monitoring;
  readonly settings: () => Settings;
  readonly settingsChanged: () => void;
}

export function monitoringHandlers(
  ports: MonitoringHandlerPorts,
): Pick<CommandHandlers, 'monitoring.configure'> {
  const { monitoring } = ports;
  return {
    'monitoring.configure': async ({ on, port }, call) => {
      const before = ports.settings().monitoring;
      const applied = await monitoring.apply({ on, port });
      if (!applied.ok) return applied;
      const done = call.commit(null, { on, port }, (write) => {
        writeSettings(write, { monitoring: { on, port } });
        return ok(monitoring.exposition());
      });
      if (!done.ok) {
        await monitoring.apply(before);
        return done;
      }
      ports.settingsChanged();
      return ok(monitoring.exposition());
    },
  };
}

export function monitoringQueries({
  monitoring,
}: MonitoringHandlerPorts): Pick<QueryHandlers, 'monitoring.state'> {
  return { 'monitoring.state': async ({ hours }) => ok(await monitoring.view(hours)) };
}
