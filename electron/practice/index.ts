/** What tests use of the practice server. */
export { startPractice, type PracticeServer } from './server.ts';
export type { Stage } from './samples/stage.ts';
export type { Fault } from './http/faults.ts';
export { BENDS } from './bends/bends.ts';
export { REQUESTS, type RequestKind } from './bends/requests.ts';
