import { z } from 'zod';

/**
 * Who is told about a write: the values of the `Scheduling` request header
 * (draft-gondwana-caldav-scheduling-controls §4.1). `X-…` only where a server profile declares it.
 */
export const STANDARD_MODES = ['none', 'internal-only', 'external-only', 'all'] as const;
export type StandardMode = (typeof STANDARD_MODES)[number];
export type SchedulingMode = StandardMode | `X-${string}`;

export const schedulingMode = z.union([
  z.enum(STANDARD_MODES),
  z.templateLiteral(['X-', z.string().regex(/^[A-Za-z0-9-]+$/)]),
]);

/** As whom a write is made: where the `Schedule-User-Address` header (draft §4.2) takes its value from. */
export const identityChoice = z.discriminatedUnion('kind', [
  /** No header: the server calculates the address itself. */
  z.strictObject({ kind: z.literal('server') }),
  /** One calendar user address for every event. */
  z.strictObject({ kind: z.literal('fixed'), address: z.string().min(1).max(512) }),
  /** The target user's address that the event itself carries, organizer first, then attendee. */
  z.strictObject({ kind: z.literal('match') }),
]);
export type IdentityChoice = z.infer<typeof identityChoice>;

/** The writes for which a server may honour the headers differently. */
const WRITE_METHODS = ['create', 'update', 'delete', 'delete-collection', 'proppatch'] as const;
export type WriteMethod = (typeof WRITE_METHODS)[number];

/** How it is known that the server will do what was asked; `blocked` means it is not known. */
export const ASSURANCES = ['advertised', 'known', 'proved', 'noScheduling', 'plain', 'blocked'] as const;
export type Assurance = (typeof ASSURANCES)[number];

/**
 * Named ways to be quiet where no header is known to work. Each runs only when a person chose it, never by itself.
 * - `collection-switch`: scheduling of the whole calendar is switched off while the run lasts, and put back (Cyrus)
 * - `client-agent`: new events are stored with `SCHEDULE-AGENT=CLIENT` (RFC 6638 §7.1), which changes them for good
 */
export const WORKAROUNDS = ['collection-switch', 'client-agent'] as const;
export const workaround = z.enum(WORKAROUNDS);
export type Workaround = z.infer<typeof workaround>;

/**
 * What only the admin of a server can know, said once for it.
 * - `no-mail-hook`: the mail hook of this Radicale is off, so that it tells nobody of any write
 */
export const ASSUMPTIONS = ['no-mail-hook'] as const;
export const assumption = z.enum(ASSUMPTIONS);
export type Assumption = z.infer<typeof assumption>;

/** What becomes of a mode on one target: asked → effective, and why. `effective` is null when nothing may be written. */
export const verdict = z.strictObject({
  asked: schedulingMode,
  effective: schedulingMode.nullable(),
  assurance: z.enum(ASSURANCES),
  /** One or two sentences for a person. */
  because: z.string(),
  /** What the admin can do instead; empty unless blocked. */
  alternatives: z.array(z.string()).readonly(),
  /** ISO 8601 time at which the evidence was gathered. */
  checkedAt: z.string(),
  /** Whether an undo of this run could be silent too, in words; shown before the run. */
  undo: z.string(),
  /** What it rests on, one sentence each: what the server answered, which source or test says so. */
  evidence: z.array(z.string()).readonly().optional(),
  /** What a person may choose by name where the mode is blocked. */
  workarounds: z.array(workaround).readonly().optional(),
  /** A canary could prove this mode here. */
  provable: z.boolean().optional(),
  /** What would unblock the mode if the admin knows it. */
  assumable: z.array(assumption).readonly().optional(),
});
export type Verdict = z.infer<typeof verdict>;

/**
 * Who would be told if a plan ran in one mode. People are distinct addresses; messages are scheduling messages (one per
 * recipient and event); calendars are those of other people that change, each once however many events change in it.
 */
export const notifiedCount = z.strictObject({
  people: z.int(),
  inside: z.int(),
  outside: z.int(),
  messages: z.int(),
  calendars: z.int(),
  /** Messages about events that are over. */
  past: z.int(),
});
export type NotifiedCount = z.infer<typeof notifiedCount>;

export const notifiedByMode = z.record(z.enum(STANDARD_MODES), notifiedCount);
export type NotifiedByMode = z.infer<typeof notifiedByMode>;

export const NOBODY: NotifiedCount = { people: 0, inside: 0, outside: 0, messages: 0, calendars: 0, past: 0 };

/** Scheduling messages by what they say (RFC 5546): REQUEST for a new meeting, for a changed one, CANCEL, REPLY. */
export const messageKinds = z.strictObject({
  invitation: z.int(),
  update: z.int(),
  cancellation: z.int(),
  reply: z.int(),
});
export type MessageKinds = z.infer<typeof messageKinds>;

export const kindsByMode = z.record(z.enum(STANDARD_MODES), messageKinds);
export type KindsByMode = z.infer<typeof kindsByMode>;

/** What a canary event showed about one calendar's server: whether `none` is kept on create and on update. */
export const canaryProof = z.strictObject({
  /** Origin, what the server calls itself, and whose calendar it was: a proof holds for these only. */
  origin: z.string(),
  product: z.string().nullable(),
  owner: z.string(),
  /** The positive control showed that the server schedules, and that we can see it; without it nothing is proved. */
  control: z.boolean(),
  create: z.boolean(),
  update: z.boolean(),
  /** What was seen, one sentence each. */
  seen: z.array(z.string()).readonly(),
  at: z.string(),
  expiresAt: z.string(),
});
export type CanaryProof = z.infer<typeof canaryProof>;
