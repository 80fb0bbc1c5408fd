import { Button } from '@mantine/core';
import type { JSX } from 'react';
import { useApp } from '../../stores/app.ts';
import { useMigrateBatch } from '../../stores/batch/batch.ts';
import { useNavigation } from '../../stores/batch/navigation.ts';
import { useMapping } from '../../stores/batch/mapping.ts';
import { planMigration } from '../../stores/batch/migrate.ts';
import { limitWords } from '../../words/batch.ts';
import { BatchRun, BatchRunFoot } from '../batch/BatchRun.tsx';
import { MigratePage } from './MigratePage.tsx';

/** The dashboard, then the report with what can follow: step 2, a final pass, another migration. */
export function MigrateRun(): JSX.Element {
  const limits = useMapping((state) => state.view?.setup.limits ?? null);
  const kind = useMigrateBatch((state) => state.kind);
  return (
    <MigratePage
      foot={
        <BatchRunFoot limits={kind === 'migrate' && limits !== null ? limitWords(limits) : null} after={<After />} />
      }
    >
      <BatchRun />
    </MigratePage>
  );
}

function After(): JSX.Element {
  const report = useMigrateBatch((state) => state.report);
  const clear = useMigrateBatch((state) => state.clear);
  const rows = useMapping((state) => state.view?.rows.length ?? 0);
  const go = useNavigation((state) => state.goMigrate);
  const final = report !== null && report.batch.kind === 'migrate' && rows > 0 && !report.batch.canResume;
  return (
    <>
      {final && <Button onClick={() => void planMigration(report.batch, false)}>Final pass…</Button>}
      <Button
        variant={report?.batch.canResume === true ? 'default' : 'filled'}
        onClick={() => {
          clear();
          go('mapping');
          if (report?.batch.kind !== 'migrate') useApp.getState().go('history');
        }}
      >
        {report?.batch.kind === 'migrate' ? 'Back to the mapping' : 'Back to History'}
      </Button>
    </>
  );
}
