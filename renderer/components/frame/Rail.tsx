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
import { useFlow } from '../../stores/job/flow.ts';
import { isGoing, openSection } from '../../stores/sections.ts';
import { usePractice } from '../../stores/practice.ts';
import type { Place } from '../../stores/place.ts';
import { useRun } from '../../stores/job/run.ts';
import { ThemeSwitch } from './ThemeSwitch.tsx';
import { useWorkingPlace } from './useWorkingPlace.ts';

export function Rail(): JSX.Element {
  const inJob = useApp((state) => state.screen === 'restore');
  const revisiting = useFlow((state) => state.kind !== 'restore');
  const running = useRun((state) => state.runId !== null && state.snapshot.status === null);
  const moving = useMigrateBatch(isGoing);
  const cleaning = useCleanupBatch(isGoing);
  return (
    <nav className="rail" aria-label="Hushcal">
      <div className="brand">
        <IconBellOff size={22} stroke={1.8} aria-hidden />
        <span className="rail-word">Hushcal</span>
      </div>
      <NavItem
        icon={IconRestore}
        label="Restore"
        current={inJob && !revisiting}
        go={() => {
          openSection('restore');
        }}
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
  return (
    <NavItem
      icon={icon}
      label={label}
      current={current || alsoCurrent}
      go={() => {
        openSection(screen);
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
    // The words are out of sight in a narrow window: the tooltip has them there.
    <button type="button" className="nav" title={label} aria-current={current ? 'page' : undefined} onClick={go}>
      <Glyph size={16} stroke={1.8} aria-hidden />
      <span className="rail-word">{label}</span>
      {badge !== null && <span className="chip upd badge">{badge}</span>}
    </button>
  );
}

function Foot(): JSX.Element {
  const info = useApp((state) => state.info);
  const showHelp = useApp((state) => state.showHelp);
  const place = useWorkingPlace();
  return (
    <div className="foot stack tight">
      <div className="line" data-testid="where" title={whereTitle(place)}>
        <span className={`dot ${place === null ? 'none' : place.live ? 'live' : ''}`} aria-hidden />
        <WhereWords place={place} />
      </div>
      {info?.testBuild === true && (
        <div className="rail-word">Test build, Electron {info.electron}: not for real work</div>
      )}
      <div className="row">
        <button
          type="button"
          className="link row help-link"
          title="Help and glossary"
          onClick={() => {
            showHelp(true);
          }}
        >
          <IconHelp size={15} aria-hidden /> <span className="rail-word">Help and glossary</span>
        </button>
      </div>
      <ThemeSwitch />
    </div>
  );
}

/** For the dot alone, where there is no room for words. */
function whereTitle(place: Place | null): string {
  if (place?.live === true) return `LIVE: ${place.host ?? 'server not known yet'}`;
  return place === null ? 'Practice server' : 'Practice server: nothing leaves this computer';
}

/** The same place as the band on top names, or that the practice server is at work. */
function WhereWords({ place }: { readonly place: Place | null }): JSX.Element {
  const practiceUp = usePractice((state) => state.state !== null);
  if (place?.live === true) {
    return (
      <span className="rail-word">
        LIVE
        <br />
        {place.host ?? 'server not known yet'}
      </span>
    );
  }
  return (
    <span className="rail-word">
      {practiceUp ? 'Practice server running' : 'Practice server starting'}
      {place !== null && (
        <>
          <br />
          nothing leaves this computer
        </>
      )}
    </span>
  );
}
