import { IconHistory } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { RecentBackup } from '../../../../shared/ipc/settings-routes.ts';
import { useSource } from '../../../stores/job/source.ts';
import { useRecents } from '../../../stores/recents.ts';
import { classes } from '../../../components/classes.ts';
import parts from '../../../components/parts.module.css';
import styles from './choose.module.css';
import { formatNumber } from '../../../words/format.ts';

/** As many as stand in one line of the smallest window. */
const SHOWN = 4;

/** The backups that were opened last, one click away. */
export function RecentBackups(): JSX.Element | null {
  const backups = useRecents((state) => state.backups);
  const { reading, openRecent } = useSource();
  if (backups.length === 0) return null;
  return (
    <div className={classes(styles.recentList, 'dim small')} role="group" aria-label="Opened last">
      <span className="row">
        <IconHistory size={14} aria-hidden /> Opened last:
      </span>
      {backups.slice(0, SHOWN).map((backup) => (
        <button
          key={backup.id}
          type="button"
          className={classes(parts.link, 'ellipsis')}
          title={`${backup.names.join(', ')}\n${backup.folder}`}
          disabled={reading}
          onClick={() => void openRecent(backup.id)}
        >
          {nameOf(backup)}
        </button>
      ))}
    </div>
  );
}

function nameOf({ names }: RecentBackup): string {
  const [first = '', ...more] = names;
  return more.length === 0 ? first : `${first} and ${formatNumber(more.length)} more`;
}
