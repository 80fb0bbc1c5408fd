import type { ServerEvidence } from '../caldav/types.ts';
import { recognise } from './recognise.ts';

/** Whether the server is known to store what lies beyond the dates that it announces (RFC 4791 §5.2.6, §5.2.7). */
export function storesAnyDate(server: ServerEvidence): boolean {
  return recognise(server)?.profile.storesAnyDate !== undefined;
}
