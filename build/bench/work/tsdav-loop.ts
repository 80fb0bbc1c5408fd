import { createCalendarObject } from 'tsdav';
import type { BareTarget } from '../lib/bare-client.ts';
import { input, report } from '../lib/child.ts';
import { resourceText, type EventShape } from '../lib/generate.ts';

// What a script of somebody who knows tsdav does: one event after the other.
const { target, count, shape } = input<{ target: BareTarget; count: number; shape: EventShape }>();
const bodies = Array.from({ length: count }, (_, n) => resourceText(n, shape));
const authorization = `Basic ${Buffer.from(`${target.user}:${target.password}`).toString('base64')}`;
await report(async () => {
  for (const [n, iCalString] of bodies.entries()) {
    const answer = await createCalendarObject({
      calendar: { url: target.url },
      filename: `bench-${String(n)}.ics`,
      iCalString,
      headers: { ...target.headers, authorization },
    });
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`PUT ${String(n)}: ${String(answer.status)}`);
  }
});
