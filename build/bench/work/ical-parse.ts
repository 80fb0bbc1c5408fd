import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';
import { input, report } from '../lib/child.ts';

const { files } = input<{ files: readonly string[] }>();

await report(() => {
  const calendar: unknown = ICAL.parse(readFileSync(files[0] ?? '', 'utf8'));
  const components: unknown = Array.isArray(calendar) ? calendar[2] : [];
  // The time zone is a component of this parse, too.
  return Promise.resolve(Array.isArray(components) ? components.length - 1 : 0);
});
