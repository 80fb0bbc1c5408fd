import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { toFailure } from '../../shared/model/failure.ts';
import { SAVED_FORMATS, type SavedFormat } from '../../shared/model/kept/report.ts';
import { showExported } from '../stores/history/history.ts';
import { shortPath } from '../words/format.ts';
import { classes } from './classes.ts';
import parts from './parts.module.css';

interface ExportButtonsProps {
  /** Gives the path, or null when the person changed their mind; throws when the file was not written. */
  readonly save: (format: SavedFormat) => Promise<string | null>;
}

/** What came of the last one. */
type Came = { readonly path: string } | { readonly message: string };

/** One button for each format that a report can be kept in, and where it was put. */
export function ExportButtons({ save }: ExportButtonsProps): JSX.Element {
  const [came, setCame] = useState<Came | null>(null);
  const run = async (format: SavedFormat): Promise<void> => {
    setCame(null);
    try {
      const path = await save(format);
      setCame(path === null ? null : { path });
    } catch (thrown) {
      setCame({ message: toFailure(thrown).message });
    }
  };
  return (
    <>
      <span className="row" role="group" aria-label="Export the report">
        <IconDownload size={16} className="faint" aria-hidden />
        {SAVED_FORMATS.map((format) => (
          <Button key={format} size="xs" aria-label={`Export ${format.toUpperCase()}`} onClick={() => void run(format)}>
            {format.toUpperCase()}
          </Button>
        ))}
      </span>
      {came !== null && 'message' in came && (
        <span role="alert" className={classes(parts.unclear, 'small')}>
          {came.message}
        </span>
      )}
      {came !== null && 'path' in came && (
        <span role="status" className="row small" data-testid="exported">
          <span className="ellipsis" title={came.path}>
            Saved as {shortPath(came.path)}
          </span>
          <button type="button" className={classes(parts.link, 'nowrap')} onClick={showExported}>
            Show in folder
          </button>
        </span>
      )}
    </>
  );
}
