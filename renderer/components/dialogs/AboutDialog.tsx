import { IconBellOff } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useApp } from '../../stores/app.ts';
import { ProgramDialog } from './ProgramDialog.tsx';
import { CopyButton } from '../CopyButton.tsx';
import { Notices } from './Notices.tsx';
import { Note } from '../Notice.tsx';
import { classes } from '../classes.ts';
import parts from '../parts.module.css';
import styles from './dialogs.module.css';

/** Which Hushcal this is, on what it runs, and whose work is in it. */
export function AboutDialog(): JSX.Element {
  const info = useApp((state) => state.info);
  return (
    <ProgramDialog name="about" title="About Hushcal" size={560}>
      {info !== null && (
        <div className="stack">
          <div className={styles.aboutHead}>
            <IconBellOff size={44} stroke={1.5} aria-hidden />
            <div className="grow">
              <h3>Hushcal {info.version}</h3>
              <p className="dim">Puts calendars back without waking anyone.</p>
            </div>
            <CopyButton
              label="Copy versions"
              text={() => `Hushcal ${info.version}, Electron ${info.electron}, ${systemName(info.platform)}`}
            />
          </div>
          {info.testBuild && (
            <Note tone="warn">
              This is a test build: it runs on Electron {info.electron}, an older one than it is made for, which gets no
              security updates. It is not for real work.
            </Note>
          )}
          <dl className={classes(parts.facts, parts.wide)}>
            <dt>Electron</dt>
            <dd>{info.electron}</dd>
            <dt>System</dt>
            <dd>{systemName(info.platform)}</dd>
            <dt>Passwords</dt>
            <dd className={parts.then}>
              {info.secretStore === 'keychain' ? 'In the keychain of this computer' : info.secretStoreReason}
            </dd>
            <dt>Licence</dt>
            <dd>MIT</dd>
          </dl>
          <Notices />
        </div>
      )}
    </ProgramDialog>
  );
}

function systemName(platform: string): string {
  return SYSTEMS[platform] ?? platform;
}

const SYSTEMS: Readonly<Record<string, string>> = { linux: 'Linux', win32: 'Windows', darwin: 'macOS' };
