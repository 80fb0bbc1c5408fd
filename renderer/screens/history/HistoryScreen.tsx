import { useEffect, type JSX } from 'react';
import { useBatches } from '../../stores/batch/batches.ts';
import { useHistory } from '../../stores/history/history.ts';
import { ReportPage } from './ReportPage.tsx';
import { RunList } from './RunList.tsx';

/** Every run with its report. */
export function HistoryScreen(): JSX.Element {
  const openId = useHistory((state) => state.openId);
  const load = useHistory((state) => state.load);
  useEffect(() => {
    void load();
    void useBatches.getState().load();
  }, [load]);
  return openId === null ? <RunList /> : <ReportPage />;
}
