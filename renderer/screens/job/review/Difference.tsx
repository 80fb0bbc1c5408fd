import type { JSX } from 'react';
import type { PlanRowDetail } from '../../../../shared/model/plan.ts';
import { Compared } from '../../../components/event/Compared.tsx';
import { comparedField } from '../../../words/event/event.ts';

/** Field by field: the server's copy beside the backup's. */
export function Difference({ detail }: { readonly detail: PlanRowDetail }): JSX.Element {
  const { row, difference, against, card, there } = detail;
  if (row.action === 'supersede')
    return <p className="dim">A newer version of it is used. The text of this one is under Raw.</p>;
  if (row.action === 'reject')
    return <p className="dim">This item cannot be written. Its text is under Raw, to copy or to correct.</p>;
  if (difference === null && against === 'elsewhere')
    return <p className="dim">The other calendar’s copy is not compared here: open that calendar to look at it.</p>;
  if (difference === null)
    return <p className="dim">The server has no copy of this event: there is nothing to compare.</p>;
  const deleted = against === 'trash';
  if (difference.length === 0)
    return <p className="dim">{deleted ? 'The deleted event means the same.' : 'The server’s copy means the same.'}</p>;
  return (
    <Compared
      before={deleted ? 'In the trash bin' : 'Calendar now'}
      after="Backup"
      same="Says the same in other words; compare both under Raw"
      fields={difference.map(({ field, server, backup }) =>
        comparedField({ field, before: server, after: backup }, there, card),
      )}
    />
  );
}
