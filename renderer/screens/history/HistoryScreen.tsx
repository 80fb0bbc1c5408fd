import { useEffect, type JSX } from 'react';
import { useHistory } from '../../stores/history.ts';
import { ReportPage } from './ReportPage.tsx';
import { RunList } from './RunList.tsx';

/** Every run with its report. */
export function HistoryScreen(): JSX.Element {
  const openId = useHistory((state) => state.openId);
  const load = useHistory((state) => state.load);
  useEffect(() => {
    void load();
  }, [load]);
  return openId === null ? <RunList /> : <ReportPage />;
}
