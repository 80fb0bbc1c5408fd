import { Button } from '@mantine/core';
import type { JSX, ReactNode } from 'react';
import type { RunEntry } from '../../../shared/model/kept/report.ts';
import { ExportButtons } from '../../components/ExportButtons.tsx';
import { runTicketText } from '../../../shared/words/ticket-text.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { useServerName } from '../../stores/names.ts';
import { canResume } from '../../../shared/model/kept/resumable.ts';
import { canSettle } from '../../stores/job/attention.ts';
import { useFlow } from '../../stores/job/flow.ts';
import { exportRun } from '../../stores/history/history.ts';

interface ReportActionsProps {
  readonly run: RunEntry;
  readonly children?: ReactNode;
}

/** What can be done with a report: keep it, take the run back, try again, go on. */
export function ReportActions({ run, children }: ReportActionsProps): JSX.Element {
  const server = useServerName(run.server);
  return (
    <>
      <ExportButtons save={(format) => exportRun(run.runId, format)} />
      <CopyButton label="Copy summary for the ticket" text={() => runTicketText(run, server)} />
      <span className="grow" />
      <RunActions run={run} inPlace={canSettle(run)} />
      {children}
    </>
  );
}

interface RunActionsProps {
  readonly run: RunEntry;
  readonly small?: boolean;
  /** What failed is tried again where it is listed. */
  readonly inPlace?: boolean;
}

/**
 * Resume, read again, retry and undo, where the run allows it. Each leads to a preview; only what sends nothing new goes on at
 * once.
 */
export function RunActions({ run, small = false, inPlace = false }: RunActionsProps): JSX.Element {
  const { revisit, resume } = useFlow.getState();
  const size = small ? 'xs' : 'sm';
  const failed = run.totals.failed + run.totals.unknown;
  const resumable = canResume(run);
  return (
    <>
      {resumable && (
        <Button size={size} variant={small ? 'default' : 'filled'} onClick={() => void resume(run)}>
          Resume
        </Button>
      )}
      {(run.unread ?? 0) > 0 && !resumable && !run.running && (
        <Button
          size={size}
          title="Reads what was written and could not be read back; nothing is sent"
          onClick={() => void resume(run)}
        >
          Read {run.unread === 1 ? 'it' : 'them'} again
        </Button>
      )}
      {failed > 0 && !inPlace && !resumable && !run.running && (
        <Button size={size} onClick={() => void revisit('retry', run)}>
          Retry failed…
        </Button>
      )}
      {run.canUndo && !run.running && (
        <Button size={size} onClick={() => void revisit('undo', run)}>
          Undo…
        </Button>
      )}
    </>
  );
}
