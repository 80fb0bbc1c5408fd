import { useMemo, type JSX } from 'react';
import { CalendarTools } from '../../components/calendar/CalendarTools.tsx';
import { CalendarView } from '../../components/calendar/CalendarView.tsx';
import type { CalendarPlace, CalendarScale } from '../../components/calendar/place.ts';
import { runCalendar } from '../../stores/history/history.ts';
import { REPORT_WORDS } from '../../words/event/calendar.ts';
import frame from '../../components/frame/frame.module.css';

interface ReportCalendarProps {
  readonly runId: string;
  readonly scale: CalendarScale;
  readonly place: CalendarPlace;
  /** Shows the row in the list of all. */
  readonly open: (row: number) => void;
}

/** What a run did, on its days. */
export function ReportCalendar({ runId, scale, place, open }: ReportCalendarProps): JSX.Element {
  const source = useMemo(() => runCalendar(runId), [runId]);
  return (
    <>
      <div className={frame.tools}>
        <CalendarTools scale={scale} place={place} words={REPORT_WORDS} />
      </div>
      <CalendarView
        scale={scale}
        place={place}
        source={source}
        words={REPORT_WORDS}
        label="Events of the run"
        opened={null}
        open={open}
      />
    </>
  );
}
