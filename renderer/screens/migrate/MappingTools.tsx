import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import type { MappingView } from '../../../shared/model/batch/mapping-view.ts';
import { Confirm } from '../../components/Confirm.tsx';
import { useMapping } from '../../stores/batch/mapping.ts';
import { formatNumber, plural } from '../../words/format.ts';
import { PasteDialog } from './PasteDialog.tsx';
import { isolate } from '../../../shared/words/isolate.ts';
import frame from '../../components/frame/frame.module.css';

/** What can be done with the whole mapping. */
export function MappingTools({ view }: { readonly view: MappingView }): JSX.Element {
  const { busy, choose, add, chooseFolder, readSecrets, begin, remove } = useMapping();
  const [pasting, setPasting] = useState(false);
  const [clearing, setClearing] = useState(false);
  const missing = view.rows.filter(({ secret }) => secret === 'missing').length;
  const oldMissing = view.rows.filter(({ sourceSecret }) => sourceSecret === 'missing').length;
  const needsFolder = view.rows.some(({ sourceKind }) => sourceKind === 'unset');
  return (
    <div className={frame.tools}>
      <div className="row wrap">
        <Button size="xs" leftSection={<IconPlus size={14} aria-hidden />} disabled={busy} onClick={() => void add()}>
          Add a row
        </Button>
        <Button size="xs" disabled={busy} onClick={() => void choose()}>
          Add a CSV…
        </Button>
        <Button
          size="xs"
          disabled={busy}
          onClick={() => {
            setPasting(true);
          }}
        >
          Paste…
        </Button>
        {(needsFolder || view.folder !== null) && (
          <Button size="xs" disabled={busy} onClick={() => void chooseFolder()}>
            {view.folder === null ? 'Folder of the files…' : `Files in ${view.folder}…`}
          </Button>
        )}
      </div>
      <div className="row wrap">
        {missing > 0 && (
          <Button size="xs" disabled={busy} onClick={() => void readSecrets('target')}>
            Import passwords… ({formatNumber(missing)} missing)
          </Button>
        )}
        {oldMissing > 0 && (
          <Button size="xs" disabled={busy} onClick={() => void readSecrets('source')}>
            Import old passwords… ({formatNumber(oldMissing)} missing)
          </Button>
        )}
        <Button
          size="xs"
          variant="subtle"
          disabled={busy || view.rows.length === 0}
          onClick={() => {
            setClearing(true);
          }}
        >
          Clear…
        </Button>
      </div>
      <Confirm
        opened={clearing}
        title={view.project === null ? 'Clear the mapping?' : `Clear all rows of “${isolate(view.project.name)}”?`}
        yes={`Clear ${plural(view.rows.length, 'row')}`}
        danger
        onClose={() => {
          setClearing(false);
        }}
        onYes={() => {
          setClearing(false);
          // A project keeps its name and its servers.
          if (view.project === null) void begin();
          else void remove(view.rows.map(({ row }) => row));
        }}
      >
        <p>All rows, and the passwords that were typed for them, are removed. Nothing on a server changes.</p>
      </Confirm>
      {pasting && (
        <PasteDialog
          onClose={() => {
            setPasting(false);
          }}
        />
      )}
    </div>
  );
}
