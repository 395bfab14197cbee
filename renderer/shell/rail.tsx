/** The main navigation at the side. */
import type { ComponentType, ReactNode } from 'react';
import { mayDo } from '../../app/access/access.ts';
import {
  IconAlerts,
  IconEnter,
  IconHelp,
  IconKnowledge,
  IconMessages,
  IconMonitoring,
  IconPatients,
  type IconProps,
  IconReview,
  IconShield,
  IconSystem,
  IconTrainer,
  IconWard,
  Mark,
} from '../design/index.ts';
import { go, type Route, useRoute } from './route.ts';
import { useSidePanel } from './side-panel.ts';
import { isOwned } from './ward-order.ts';
import { isOpen } from './ward-state.ts';
import { useWard } from './ward-store.ts';
import { useWords } from './words.ts';

export function Rail() {
  const { words } = useWords();
  const route = useRoute();
  const unowned = useWard(
    (state) => Object.values(state.alerts).filter((alert) => isOpen(alert) && !isOwned(alert)).length,
  );
  const waiting = useWard((state) => state.system?.intake.waiting ?? 0);
  const mayReview = useWard(
    ({ session: { person } }) => person !== null && mayDo(person.role, 'review-explanations'),
  );
  const mayTrain = useWard(
    ({ session: { person } }) => person !== null && mayDo(person.role, 'manage-learning'),
  );
  const mayAdapt = useWard(
    ({ session: { person } }) => person !== null && mayDo(person.role, 'manage-adapters'),
  );
  const mayWatch = useWard(
    ({ session: { person } }) => person !== null && mayDo(person.role, 'read-monitoring'),
  );
  const { frame } = words;
  return (
    <nav className="rail" aria-label={frame.navigation}>
      <div className="rail-mark">
        <Mark size={36} />
      </div>
      <RailLink icon={IconWard} to={{ view: 'ward' }} on={route.view === 'ward' || route.view === 'bed'}>
        {frame.ward}
      </RailLink>
      <RailLink
        icon={IconAlerts}
        to={{ view: 'alerts' }}
        on={route.view === 'alerts' || route.view === 'alert'}
        count={unowned}
        countText={frame.openAlertCount(unowned)}
      >
        {frame.alerts}
      </RailLink>
      <RailLink
        icon={IconEnter}
        to={{ view: 'entry', patientId: route.view === 'bed' ? route.patientId : null }}
        on={route.view === 'entry'}
      >
        {frame.enter}
      </RailLink>
      <RailLink
        icon={IconPatients}
        to={{ view: 'patients', patientId: route.view === 'bed' ? route.patientId : null }}
        on={route.view === 'patients'}
      >
        {words.patients.title}
      </RailLink>
      <RailLink icon={IconKnowledge} to={{ view: 'knowledge', card: null }} on={route.view === 'knowledge'}>
        {words.knowledge.title}
      </RailLink>
      {waiting > 0 && (
        <RailLink
          icon={IconMessages}
          to={{ view: 'messages' }}
          on={route.view === 'messages'}
          count={waiting}
          countText={words.messages.waiting(waiting)}
          tone="tech"
        >
          {words.messages.title}
        </RailLink>
      )}
      {mayReview && (
        <RailLink icon={IconReview} to={{ view: 'review' }} on={route.view === 'review'}>
          {words.review.title}
        </RailLink>
      )}
      {mayTrain && (
        <RailLink icon={IconTrainer} to={{ view: 'trainer' }} on={route.view === 'trainer'}>
          {words.trainer.title}
        </RailLink>
      )}
      {mayAdapt && (
        <RailLink icon={IconShield} to={{ view: 'models' }} on={route.view === 'models'}>
          {words.models.title}
        </RailLink>
      )}
      {mayWatch && (
        <RailLink icon={IconMonitoring} to={{ view: 'monitoring' }} on={route.view === 'monitoring'}>
          {words.monitoring.title}
        </RailLink>
      )}
      <RailLink
        icon={IconSystem}
        to={{ view: 'system' }}
        on={route.view === 'system' || route.view === 'audit'}
      >
        {frame.system}
      </RailLink>
      <button
        type="button"
        className="rail-item rail-help"
        title={frame.help}
        onClick={() => useSidePanel.getState().toggleHelp()}
      >
        <IconHelp size={22} />
        <span className="rail-word">{frame.help}</span>
      </button>
    </nav>
  );
}

interface RailLinkProps {
  readonly icon: ComponentType<IconProps>;
  readonly to: Route;
  readonly on: boolean;
  readonly count?: number;
  readonly countText?: string;
  /** `tech`: it asks for something and is no risk. */
  readonly tone?: 'tech';
  readonly children: ReactNode;
}

function RailLink({ icon: Icon, to, on, count = 0, countText, tone, children }: RailLinkProps) {
  const described = count > 0 ? { 'aria-describedby': `rail-count-${to.view}` } : {};
  return (
    <a
      className="rail-item"
      href={`#${to.view}`}
      aria-current={on ? 'page' : undefined}
      {...(typeof children === 'string' ? { title: children } : {})}
      {...described}
      onClick={(event) => {
        event.preventDefault();
        go(to);
      }}
    >
      <Icon size={22} />
      <span className="rail-word">{children}</span>
      {count > 0 && (
        <span className={`rail-count num ${tone === undefined ? '' : 'rail-count-tech'}`} aria-hidden="true">
          {count}
        </span>
      )}
      {count > 0 && (
        <span hidden id={`rail-count-${to.view}`}>
          {countText}
        </span>
      )}
    </a>
  );
}
