import { Button } from '@mantine/core';
import type { JSX } from 'react';
import { useApp } from '../../stores/app.ts';
import { useCleanupBatch } from '../../stores/batch/batch.ts';
import { useNavigation } from '../../stores/batch/navigation.ts';
import { BatchRun, BatchRunFoot } from '../batch/BatchRun.tsx';
import { CleanupPage } from './CleanupPage.tsx';

/** The run calendar by calendar, then the report with the way back. */
export function CleanupRun(): JSX.Element {
  return (
    <CleanupPage foot={<BatchRunFoot limits={null} after={<After />} />}>
      <BatchRun />
    </CleanupPage>
  );
}

function After(): JSX.Element {
  const kind = useCleanupBatch((state) => state.kind);
  const resumable = useCleanupBatch((state) => state.report?.batch.canResume === true);
  const clear = useCleanupBatch((state) => state.clear);
  const go = useNavigation((state) => state.goCleanup);
  return (
    <Button
      variant={resumable ? 'default' : 'filled'}
      onClick={() => {
        clear();
        go('where');
        if (kind !== 'cleanup') useApp.getState().go('history');
      }}
    >
      {kind === 'cleanup' ? 'Search again' : 'Back to History'}
    </Button>
  );
}
