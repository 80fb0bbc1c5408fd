import type { Kind, Role } from './matrix-events.ts';

/** The servers of the matrix; two of them are one Cyrus, asked directly and through the draft's headers. */
export const MATRIX_SERVERS = ['Cyrus', 'draft over Cyrus', 'DAViCal', 'SOGo', 'Radicale', 'Xandikos'] as const;
export type MatrixServer = (typeof MATRIX_SERVERS)[number];
export const MATRIX_MODES = ['none', 'internal-only', 'external-only', 'all'] as const;
export type MatrixMode = (typeof MATRIX_MODES)[number];

/**
 * What is done: a restore into an empty calendar, a restore over it, the undo of each, and what is done to events that
 * everybody was told about when they were created.
 */
export const MATRIX_METHODS = ['create', 'update', 'undo update', 'undo create', 'update told', 'delete told'] as const;
export type MatrixMethod = (typeof MATRIX_METHODS)[number];

/** Who hears of a write: by mail, or by a change in their calendar or inbox. */
export type Heard = 'nobody' | 'inside' | 'outside' | 'everybody';

export interface Cell {
  readonly server: MatrixServer;
  readonly mode: MatrixMode;
  readonly method: MatrixMethod;
  readonly role: Role;
  readonly kind: Kind;
}

/** Which modes run at all; everything else is refused before anything is written. */
export const RUNS: Readonly<Record<MatrixServer, readonly MatrixMode[]>> = {
  Cyrus: ['none', 'all'],
  'draft over Cyrus': ['none', 'internal-only', 'external-only', 'all'],
  DAViCal: ['all'],
  SOGo: ['all'],
  Radicale: ['none', 'internal-only', 'all'],
  Xandikos: ['none', 'internal-only', 'all'],
};

/**
 * Who hears, by the draft and RFC 6638: an organizer's write goes to bob, who is inside, and to dan, who is outside; an
 * attendee's answer goes to the boss, who is outside. In what is nobody's meeting of alice's, nobody hears.
 */
export function draftSays({ mode, role }: Pick<Cell, 'mode' | 'role'>): Heard {
  if (mode === 'none' || role === 'plain' || role === 'stranger') return 'nobody';
  if (role === 'attendee') return mode === 'internal-only' ? 'nobody' : 'outside';
  return ({ 'internal-only': 'inside', 'external-only': 'outside', all: 'everybody' } as const)[mode];
}
