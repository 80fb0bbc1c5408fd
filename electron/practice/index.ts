/** What the rest of the house may use of the practice server. */
export { startPractice, type PracticeOptions, type PracticeServer } from './server.ts';
export type { Stage } from './samples/stage.ts';
export { runPracticeCommand, PRACTICE_USAGE } from './command.ts';
export { sampleBackup } from './samples/backup.ts';
export type { PracticeInfo } from './info.ts';
export type { PracticeState } from './state.ts';
export type { Fault } from './http/faults.ts';
export { BENDS, type Bend } from './bends/bends.ts';
export { REQUESTS, type RequestKind } from './bends/requests.ts';
