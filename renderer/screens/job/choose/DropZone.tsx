import { Button } from '@mantine/core';
import { IconFileImport, IconLoader2 } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useDrop } from '../../../components/useDrop.ts';
import { useFind } from '../../../stores/find.ts';
import { RecentBackups } from './RecentBackups.tsx';
import { useSource } from '../../../stores/job/source.ts';
import { classes } from '../../../components/classes.ts';
import parts from '../../../components/parts.module.css';
import dropStyles from '../../../components/drop.module.css';
import { formatNumber } from '../../../words/format.ts';

/** Takes files, folders and zips: by drop anywhere on this step, or by the system's own dialog. */
export function DropZone({ compact }: { readonly compact: boolean }): JSX.Element {
  const { source, reading, choose, drop, takeSample } = useSource();
  const over = useDrop(drop);
  const show = useFind((state) => state.show);
  const look = (
    <button
      type="button"
      className={parts.link}
      disabled={reading}
      onClick={() => {
        show(true);
      }}
    >
      Search several backups…
    </button>
  );
  return (
    <section
      className={classes(dropStyles.drop, parts.card, compact && dropStyles.compact, over && dropStyles.over)}
      aria-label="Backup"
      aria-busy={reading}
      data-testid="drop-zone"
    >
      {reading ? (
        <IconLoader2 size={compact ? 22 : 34} className={parts.spin} aria-hidden />
      ) : (
        <IconFileImport size={compact ? 22 : 34} stroke={1.5} aria-hidden />
      )}
      <div className={dropStyles.says} role="status">
        <h2 className="ellipsis">{headWords(reading, source?.names ?? null)}</h2>
        {compact ? (
          <p>{look}</p>
        ) : (
          <p>Calendar files (.ics), folders of them, or archives (.zip, .tar.gz). They are only read, never changed.</p>
        )}
      </div>
      <div className={dropStyles.buttons}>
        <Button variant={compact ? 'default' : 'filled'} disabled={reading} onClick={() => void choose('files')}>
          Choose files…
        </Button>
        <Button disabled={reading} onClick={() => void choose('folder')}>
          Choose a folder…
        </Button>
        <Button variant="subtle" disabled={reading} onClick={() => void takeSample()}>
          Use the sample backup
        </Button>
      </div>
      {!compact && <RecentBackups />}
      {!compact && <p className="dim">Not sure which backup has it? {look}</p>}
    </section>
  );
}

function headWords(reading: boolean, names: readonly string[] | null): string {
  if (reading) return 'Reading the backup…';
  if (names === null) return 'Drop a backup here';
  return names.length <= 2
    ? names.join(', ')
    : `${names.slice(0, 2).join(', ')} and ${formatNumber(names.length - 2)} more`;
}
