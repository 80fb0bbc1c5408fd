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
import { useCleanupBatch, useMigrateBatch, useRestoreBatch } from '../../stores/batch/batch.ts';
import { useFlow } from '../../stores/job/flow.ts';
import { batchGoing, openSection, runGoing, type Going } from '../../stores/sections.ts';
import { practiceWord, usePractice } from '../../stores/practice.ts';
import type { WriteTarget } from '../../stores/write-target.ts';
import { useRun } from '../../stores/job/run.ts';
import { ThemeSwitch } from './ThemeSwitch.tsx';
import { useWriteTarget } from './useWriteTarget.ts';
import { classes } from '../classes.ts';
import parts from '../parts.module.css';
import chip from '../chip.module.css';
import styles from './rail.module.css';

export function Rail(): JSX.Element {
  const inJob = useApp((state) => state.screen === 'restore');
  const revisiting = useFlow((state) => state.kind !== 'restore');
  const running = useRun(runGoing);
  const restoring = useRestoreBatch(batchGoing);
  const moving = useMigrateBatch(batchGoing);
  const cleaning = useCleanupBatch(batchGoing);
  return (
    <nav className={styles.rail} aria-label="Hushcal">
      <div className={styles.brand}>
        <IconBellOff size={22} stroke={1.8} aria-hidden />
        <span className={styles.word}>Hushcal</span>
      </div>
      <NavItem
        icon={IconRestore}
        label="Restore"
        current={inJob && !revisiting}
        go={() => {
          openSection('restore');
        }}
        badge={running ?? restoring}
      />
      <ScreenItem icon={IconArrowsExchange} label="Migrate" screen="migrate" badge={moving} />
      <ScreenItem icon={IconTrash} label="Clean up" screen="cleanup" badge={cleaning} />
      <div className={styles.separator} />
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
  readonly badge?: Going;
}

function ScreenItem({ icon, label, screen, alsoCurrent = false, badge = null }: ScreenItemProps): JSX.Element {
  const current = useApp((state) => state.screen === screen);
  return (
    <NavItem
      icon={icon}
      label={label}
      current={current || alsoCurrent}
      go={() => {
        openSection(screen);
      }}
      badge={badge}
    />
  );
}

interface NavItemProps {
  readonly icon: Icon;
  readonly label: string;
  readonly current: boolean;
  readonly badge: Going;
  readonly go: () => void;
}

function NavItem({ icon: Glyph, label, current, badge, go }: NavItemProps): JSX.Element {
  return (
    // The words are out of sight in a narrow window: the tooltip has them there.
    <button type="button" className={styles.nav} title={label} aria-current={current ? 'page' : undefined} onClick={go}>
      <Glyph size={16} stroke={1.8} aria-hidden />
      <span className={styles.word}>{label}</span>
      {badge !== null && <span className={classes(chip.chip, chip.upd, styles.badge)}>{badge}</span>}
    </button>
  );
}

function Foot(): JSX.Element {
  const info = useApp((state) => state.info);
  const show = useApp((state) => state.show);
  const target = useWriteTarget();
  return (
    <div className={classes(styles.foot, 'stack tight')}>
      <div className={styles.line} data-testid="where" title={whereTitle(target)}>
        <span
          className={classes(styles.dot, target === null ? styles.none : target.live ? styles.live : '')}
          aria-hidden
        />
        <WhereWords target={target} />
      </div>
      {info?.testBuild === true && (
        <div className={styles.word}>Test build, Electron {info.electron}: not for real work</div>
      )}
      <div className="row">
        <button
          type="button"
          className={classes(parts.link, 'row', styles.helpLink)}
          title="Help and glossary"
          onClick={() => {
            show('help');
          }}
        >
          <IconHelp size={15} aria-hidden /> <span className={styles.word}>Help and glossary</span>
        </button>
      </div>
      <ThemeSwitch />
    </div>
  );
}

/** For the dot alone, where there is no room for words. */
function whereTitle(target: WriteTarget | null): string {
  if (target?.live === true) return `LIVE: ${target.host ?? 'server not known yet'}`;
  return target === null ? 'Practice server' : 'Practice server: nothing leaves this computer';
}

/** The same target as the band on top names, or that the practice server is at work. */
function WhereWords({ target }: { readonly target: WriteTarget | null }): JSX.Element {
  const practice = usePractice(practiceWord);
  if (target?.live === true) {
    return (
      <span className={styles.word}>
        LIVE
        <br />
        {target.host ?? 'server not known yet'}
      </span>
    );
  }
  return (
    <span className={styles.word}>
      Practice server {practice}
      {target !== null && (
        <>
          <br />
          nothing leaves this computer
        </>
      )}
    </span>
  );
}
