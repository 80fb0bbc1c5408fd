import { Button } from '@mantine/core';
import { useState, type JSX, type ReactNode } from 'react';
import type { BatchEntry } from '../../../shared/model/batch/batch.ts';
import { Confirm } from '../../components/Confirm.tsx';
import { batchTicketText } from '../../../shared/words/ticket-text.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { ExportButtons } from '../../components/ExportButtons.tsx';
import { exportBatch } from '../../stores/batch/batches.ts';
import { announce, resumeBatch, undoBatch } from '../../stores/batch/navigation.ts';
import { useBatch } from './BatchContext.ts';
import { BatchReportView } from './BatchReportView.tsx';
import { UndoDialog } from './UndoDialog.tsx';
import { Dashboard, DashboardButtons } from './Dashboard.tsx';
import { classes } from '../../components/classes.ts';
import { useStopping } from '../../components/useStopping.ts';
import frame from '../../components/frame/frame.module.css';

/** The batch while it goes on; its report takes the place when it has ended. */
export function BatchRun(): JSX.Element {
  const report = useBatch((state) => state.report);
  return report === null ? <Dashboard /> : <BatchReportView report={report} />;
}

/** The buttons below it. `after` stands at the end of a report's. */
export function BatchRunFoot({
  limits,
  after,
}: {
  readonly limits: string | null;
  readonly after: ReactNode;
}): JSX.Element {
  const report = useBatch((state) => state.report);
  if (report === null) return <GoingFoot limits={limits} />;
  return (
    <>
      <ExportButtons save={(format) => exportBatch(report.batch.batchId, format)} />
      <CopyButton label="Copy summary for the ticket" text={() => batchTicketText(report.batch)} />
      <span className="grow" />
      <BatchActions batch={report.batch} />
      {after}
    </>
  );
}

function GoingFoot({ limits }: { readonly limits: string | null }): JSX.Element {
  const { stopping, ask, question } = useStopping(useBatch((state) => state.stop));
  return (
    <>
      <span className={classes(frame.note, 'grow')}>
        {stopping
          ? 'Stopping: requests in progress are finished first'
          : (limits ?? 'Safe to close: it can be resumed where it stopped when you open Hushcal again')}
      </span>
      <DashboardButtons stopping={stopping} onStop={ask} />
      <Confirm title="Stop all of it?" yes="Stop" {...question}>
        <p>
          What is written stays written, and the report will say so. It can be resumed from here or from History, and
          nothing is sent twice.
        </p>
      </Confirm>
    </>
  );
}

/** Resume, undo and step 2, where the batch allows it. Each but Resume leads to a preview. */
export function BatchActions({
  batch,
  small = false,
}: {
  readonly batch: BatchEntry;
  readonly small?: boolean;
}): JSX.Element {
  const size = small ? 'xs' : 'sm';
  const [asking, setAsking] = useState(false);
  if (batch.running) return <></>;
  return (
    <>
      {batch.canResume && (
        <Button size={size} variant={small ? 'default' : 'filled'} onClick={() => void resumeBatch(batch)}>
          Resume
        </Button>
      )}
      {batch.canUndo && (
        <Button
          size={size}
          onClick={() => {
            if (batch.kind === 'cleanup') setAsking(true);
            else void undoBatch(batch, null);
          }}
        >
          {batch.kind === 'cleanup' ? 'Restore removed…' : 'Undo…'}
        </Button>
      )}
      {asking && (
        <UndoDialog
          batch={batch}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
      {batch.canAnnounce && (
        <Button size={size} onClick={() => void announce(batch)}>
          Notify external guests…
        </Button>
      )}
    </>
  );
}
