import {
  IconArrowsExchange,
  IconBellOff,
  IconBox,
  IconHelp,
  IconHistory,
  IconRestore,
  IconServer2,
  IconTrash,
  type Icon,
} from '@tabler/icons-react';
import type { JSX } from 'react';
import { useApp, type Screen } from '../../stores/app.ts';
import { useCleanupBatch, useMigrateBatch } from '../../stores/batch/batch.ts';
import { useCleanup } from '../../stores/batch/cleanup.ts';
import { useDraft } from '../../stores/job/draft.ts';
import { useFlow } from '../../stores/job/flow.ts';
import { useMapping } from '../../stores/batch/mapping.ts';
import { usePractice } from '../../stores/practice.ts';
import { useRun } from '../../stores/job/run.ts';
import { useServers } from '../../stores/servers.ts';
import { ThemeSwitch } from './ThemeSwitch.tsx';

export function Rail(): JSX.Element {
  const inJob = useApp((state) => state.screen === 'restore');
  const revisiting = useFlow((state) => state.kind !== 'restore');
  const startOver = useFlow((state) => state.startOver);
  const running = useRun((state) => state.runId !== null && state.snapshot.status === null);
  const moving = useMigrateBatch(
    (state) => state.batchId !== null && state.snapshot.status === null && state.report === null,
  );
  const cleaning = useCleanupBatch(
    (state) => state.batchId !== null && state.snapshot.status === null && state.report === null,
  );
  const go = useApp((state) => state.go);
  const restore = (): void => {
    // An undo or a retry belongs to History: Restore means a new restore, unless something is running.
    if (revisiting && !running) startOver();
    else go('restore');
  };
  return (
    <nav className="rail" aria-label="Hushcal">
      <div className="brand">
        <IconBellOff size={22} stroke={1.8} aria-hidden />
        Hushcal
      </div>
      <NavItem
        icon={IconRestore}
        label="Restore"
        current={inJob && !revisiting}
        go={restore}
        badge={running ? 'running' : null}
      />
      <ScreenItem icon={IconArrowsExchange} label="Migrate" screen="migrate" running={moving} />
      <ScreenItem icon={IconTrash} label="Clean up" screen="cleanup" running={cleaning} />
      <div className="separator" />
      <ScreenItem icon={IconHistory} label="History" screen="history" alsoCurrent={inJob && revisiting} />
      <ScreenItem icon={IconServer2} label="Servers" screen="servers" />
      <ScreenItem icon={IconBox} label="Practice" screen="practice" />
      <Foot />
    </nav>
  );
}

interface ScreenItemProps {
  readonly icon: Icon;
  readonly label: string;
  readonly screen: Screen;
  readonly alsoCurrent?: boolean;
  readonly running?: boolean;
}

function ScreenItem({ icon, label, screen, alsoCurrent = false, running = false }: ScreenItemProps): JSX.Element {
  const current = useApp((state) => state.screen === screen);
  const go = useApp((state) => state.go);
  return (
    <NavItem
      icon={icon}
      label={label}
      current={current || alsoCurrent}
      go={() => {
        go(screen);
      }}
      badge={running ? 'running' : null}
    />
  );
}

interface NavItemProps {
  readonly icon: Icon;
  readonly label: string;
  readonly current: boolean;
  readonly badge: string | null;
  readonly go: () => void;
}

function NavItem({ icon: Glyph, label, current, badge, go }: NavItemProps): JSX.Element {
  return (
    <button type="button" className="nav" aria-current={current ? 'page' : undefined} onClick={go}>
      <Glyph size={16} stroke={1.8} aria-hidden />
      {label}
      {badge !== null && <span className="chip upd badge">{badge}</span>}
    </button>
  );
}

/** The server that the job on screen is about; elsewhere that of the restore. */
function useWorkingServer(): string | null {
  const screen = useApp((state) => state.screen);
  const drafted = useDraft((state) => state.serverId);
  const target = useMapping((state) => state.view?.setup.target?.serverId ?? null);
  const searched = useCleanup((state) => state.way.serverId);
  if (screen === 'migrate') return target;
  return screen === 'cleanup' ? searched : drafted;
}

function Foot(): JSX.Element {
  const info = useApp((state) => state.info);
  const showHelp = useApp((state) => state.showHelp);
  const practiceUp = usePractice((state) => state.state !== null);
  const serverId = useWorkingServer();
  const server = useServers((state) => state.list?.find((entry) => entry.id === serverId) ?? null);
  const local = server === null || server.practice;
  return (
    <div className="foot stack tight">
      <div className="line">
        <span className={local ? 'dot' : 'dot warn'} aria-hidden />
        <span>
          {local
            ? practiceUp
              ? 'Practice server running'
              : 'Practice server starting'
            : `Working with ${server.name}`}
          <br />
          {local ? 'nothing leaves this computer' : 'a real server'}
        </span>
      </div>
      {info?.testBuild === true && <div>Test build, Electron {info.electron}: not for real work</div>}
      <div className="row">
        <button
          type="button"
          className="link row"
          onClick={() => {
            showHelp(true);
          }}
        >
          <IconHelp size={15} aria-hidden /> Words and help
        </button>
      </div>
      <ThemeSwitch />
    </div>
  );
}
