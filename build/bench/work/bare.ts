import { putAll, type BareTarget } from '../lib/bare-client.ts';
import { input, report } from '../lib/child.ts';
import { resourceText, type EventShape } from '../lib/generate.ts';

const { target, count, shape } = input<{ target: BareTarget; count: number; shape: EventShape }>();
const bodies = Array.from(
  { length: count },
  (_, n) => [`bench-${String(n)}.ics`, Buffer.from(resourceText(n, shape))] as const,
);
await report(() => putAll(target, bodies));
