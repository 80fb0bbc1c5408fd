import { Button } from '@mantine/core';
import { IconTableImport } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { useMapping } from '../../stores/batch/mapping.ts';
import { PasteDialog } from './PasteDialog.tsx';
import { classes } from '../../components/classes.ts';
import parts from '../../components/parts.module.css';
import drop from '../../components/drop.module.css';
import styles from './migrate.module.css';

/** The empty mapping: what it is, and the ways to fill it. */
export function MappingStart({ over }: { readonly over: boolean }): JSX.Element {
  const { busy, choose, add, sample } = useMapping();
  const [pasting, setPasting] = useState(false);
  return (
    <section
      className={classes(drop.drop, parts.card, over && drop.over)}
      aria-label="Mapping"
      aria-busy={busy}
      data-testid="drop-zone"
    >
      <IconTableImport size={34} stroke={1.5} aria-hidden />
      <div className={drop.says}>
        <h2>Which mailboxes do you migrate?</h2>
        <p>
          Drop a CSV with two columns, <b>source</b> and <b>user</b>, or drop the backups themselves: one file or folder
          for each user.
        </p>
      </div>
      <pre className={styles.sampleCsv} aria-label="An example of a mapping">
        {'source,user,calendar\nanna.ics,anna,\nbackups/ben.zip,ben,Work\nhttps://old.example.org/dav/carla/,carla,'}
      </pre>
      <div className={drop.buttons}>
        <Button variant="filled" disabled={busy} onClick={() => void choose()}>
          Choose a CSV…
        </Button>
        <Button
          disabled={busy}
          onClick={() => {
            setPasting(true);
          }}
        >
          Paste from a spreadsheet…
        </Button>
        <Button disabled={busy} onClick={() => void add()}>
          Add a row
        </Button>
        <Button variant="subtle" disabled={busy} onClick={() => void sample()}>
          Try it with practice mailboxes
        </Button>
      </div>
      {pasting && (
        <PasteDialog
          onClose={() => {
            setPasting(false);
          }}
        />
      )}
    </section>
  );
}
