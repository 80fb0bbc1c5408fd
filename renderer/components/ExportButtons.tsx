import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { JSX } from 'react';
import { SAVED_FORMATS, type SavedFormat } from '../../shared/model/report.ts';

/** One button for each format that a report can be kept in. */
export function ExportButtons({ onExport }: { readonly onExport: (format: SavedFormat) => void }): JSX.Element {
  return (
    <span className="row" role="group" aria-label="Export the report">
      <IconDownload size={16} className="faint" aria-hidden />
      {SAVED_FORMATS.map((format) => (
        <Button
          key={format}
          size="xs"
          aria-label={`Export ${format.toUpperCase()}`}
          onClick={() => {
            onExport(format);
          }}
        >
          {format.toUpperCase()}
        </Button>
      ))}
    </span>
  );
}
