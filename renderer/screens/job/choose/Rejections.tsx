import type { JSX } from 'react';
import type { Rejection } from '../../../../shared/model/found/inspection.ts';
import { CopyButton } from '../../../components/CopyButton.tsx';
import { FileLine } from '../../../components/event/FileLine.tsx';
import { formatNumber, formatFileLine } from '../../../words/format.ts';
import { classes } from '../../../components/classes.ts';
import parts from '../../../components/parts.module.css';
import chip from '../../../components/chip.module.css';

const SHOWN = 200;

/** What cannot be restored: file, line, title, reason. */
export function Rejections({ rejected }: { readonly rejected: readonly Rejection[] }): JSX.Element {
  const shown = rejected.slice(0, SHOWN);
  return (
    <details className={parts.fold} open={rejected.length <= 5}>
      <summary>
        <span className={classes(chip.chip, chip.bad)}>{formatNumber(rejected.length)} unreadable</span> what cannot be
        restored, and why
      </summary>
      <div className={parts.foldBody}>
        <div className={classes(parts.scroll, parts.short)} tabIndex={0} role="region" aria-label="Unreadable items">
          <table className={parts.table}>
            <thead>
              <tr>
                <th style={{ width: '36%' }}>File and line</th>
                <th style={{ width: '24%' }}>Title</th>
                <th>Reason</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((entry, index) => (
                <tr key={index}>
                  <td>
                    <FileLine file={entry.file} line={entry.line} />
                  </td>
                  <td dir="auto">{entry.title === '' ? '–' : entry.title}</td>
                  <td>{entry.reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <div className="row small dim">
          {rejected.length > SHOWN && <span>The first {SHOWN} are shown; the copy has all.</span>}
          <CopyButton label="Copy the list" text={() => rejected.map(asLine).join('\n')} />
        </div>
      </div>
    </details>
  );
}

function asLine(entry: Rejection): string {
  return [formatFileLine(entry), entry.uid, entry.title, entry.reason].join('\t');
}
