import { useState, type JSX } from 'react';
import type { RouteOutput } from '../../../shared/ipc/contract.ts';
import { toFailure, type Failure } from '../../../shared/model/failure.ts';
import type { DamagedRun } from '../../../shared/model/kept/kept.ts';
import { BusyButton } from '../../components/BusyButton.tsx';
import { Chip } from '../../components/Chip.tsx';
import { Notice } from '../../components/Notice.tsx';
import { saveOriginals } from '../../stores/history/history.ts';
import { formatMoment, plural, shortPath } from '../../words/format.ts';
import entry from '../../components/entry.module.css';

/** A run of which nothing can be believed: what is wrong, and the way out. */
export function DamagedEntry({ run }: { readonly run: DamagedRun }): JSX.Element {
  return (
    <li className={entry.runEntry} data-testid="damaged-run">
      <div>
        <Chip tone="bad">Damaged</Chip>
      </div>
      <div className={entry.what}>
        <div className="row">
          <span className="strong">Run of {formatMoment(run.at, new Date())}</span>
        </div>
        <div className="small">{run.message}</div>
        {run.advice !== '' && <div className="small dim">{run.advice}</div>}
        {run.keepsOriginals && <Originals runId={run.runId} />}
      </div>
    </li>
  );
}

/** Writes out what was there before the run, and says where it is. */
function Originals({ runId }: { readonly runId: string }): JSX.Element {
  const [busy, setBusy] = useState(false);
  const [came, setCame] = useState<RouteOutput<'history.originals'>>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const save = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      setCame(await saveOriginals(runId));
    } catch (thrown) {
      setFailure(toFailure(thrown));
    }
    setBusy(false);
  };
  return (
    <div className="row wrap">
      <BusyButton size="xs" busy={busy} onClick={() => void save()}>
        Save the originals…
      </BusyButton>
      {failure !== null && <Notice failure={failure} />}
      {came !== null && (
        <span role="status" className="small" title={came.path}>
          {savedWords(came)}
        </span>
      )}
    </div>
  );
}

function savedWords({ path, saved, damaged }: NonNullable<RouteOutput<'history.originals'>>): string {
  const left =
    damaged === 0 ? '' : ` ${plural(damaged, 'other')} ${damaged === 1 ? 'is' : 'are'} damaged and left out.`;
  if (saved === 0) return `The run replaced and removed nothing: there is no original.${left}`;
  return `${plural(saved, 'original')} saved in ${shortPath(path)}.${left}`;
}
