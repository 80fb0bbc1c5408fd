import type { Action, ConflictPolicy } from '../../../shared/model/plan.ts';
import { rewriteAdvice } from '../../../shared/model/rewrites.ts';

/*
 * The decision table: what becomes of one resource, given its own state, what the calendar holds under its UID, and the
 * person's policy. It is total by its type, and it is data: every cell can be read, and the test walks over all of them.
 *
 * Two cells of judgement. `newer` never overwrites what is not certainly older: it makes a conflict, which a person
 * must settle. `copy` leaves the calendar's own object alone and stores the backup beside it under a new UID; an equal
 * event needs no copy.
 *
 * What the calendar itself does not hold can still stand in the way. Where the server takes a UID once per user, an event
 * of another calendar makes a conflict whatever the policy, since nothing here could replace it; a copy has a UID of its
 * own. A deleted event in the trash bin makes a conflict where the server is known to refuse the UID. Where it is known to
 * take the new event, it may drop the deleted one for good: its text is saved with the run first, as before any overwrite,
 * so the event is created; where the server would fail on it, the deleted one is taken out first, silently. Where nobody knows which it does, a person decides.
 */

/**
 * What the backup gives. `cancelled`: a message beside it cancels it for the owner of the calendar, `-in-part`: in single
 * instances, `-perhaps`: for somebody, and nobody knows the owner's addresses, `-for-others`: nothing is there but such a
 * message, for others; `broken`: it has broken lines, and nobody consented to their repair. `twin`: another entry of the backup has the same UID and is of another kind; the others after
 * it cannot be stored in this calendar.
 */
export const SOURCE_STATES = [
  'ready',
  'left-out',
  'cancelled',
  'cancelled-in-part',
  'cancelled-perhaps',
  'cancelled-for-others',
  'broken',
  'twin',
  'wrong-component',
  'too-large',
  'too-many-guests',
  'too-early',
  'too-late',
  'too-many-instances',
  'unreadable',
] as const;
export type SourceState = (typeof SOURCE_STATES)[number];

/**
 * What the calendar holds under the same UID. `other-kind`: a task where the backup has an event, and the like;
 * `untagged`: it differs, and the server gives no ETag to guard it with; `shared`: its object holds something else, too, which
 * a write would lose; `apart`: one side has a changed instance only, and it does not fit the other. Where it holds nothing: `elsewhere`, another
 * calendar of the user does, and the server takes a UID once per user; `in-trash`, a deleted one lies in the trash bin and
 * goes when the UID is stored again; `in-trash-refuses`, the server refuses the UID meanwhile; `in-trash-purges`, it fails on
 * the UID meanwhile, and the deleted one can be taken out silently; `in-trash-unknown`, it is not known what it does;
 * `unseen`, something in the calendar cannot be read and may be this event.
 */
export const TARGET_STATES = [
  'absent',
  'same',
  'older',
  'newer',
  'undecided',
  'other-kind',
  'untagged',
  'shared',
  'apart',
  'elsewhere',
  'in-trash',
  'in-trash-refuses',
  'in-trash-purges',
  'in-trash-unknown',
  'unseen',
] as const;
export type TargetState = (typeof TARGET_STATES)[number];

export interface Decision {
  readonly action: Action;
  /** For a person; empty where the action says it all. */
  readonly reason: string;
  /** The text is stored beside the calendar's own object, under a new UID. */
  readonly asCopy: boolean;
  /** Nothing is sent: the deleted one is restored from the trash bin. */
  readonly fromBin?: true;
}

type ByPolicy = Readonly<Record<ConflictPolicy, Decision>>;
type ByTarget = Readonly<Record<TargetState, ByPolicy>>;

export const is = (action: Action, reason = ''): Decision => ({ action, reason, asCopy: false });
const always = (decision: Decision): ByPolicy => ({
  skip: decision,
  replace: decision,
  newer: decision,
  copy: decision,
});
const whatever = (decision: Decision): ByTarget => ({
  absent: always(decision),
  same: always(decision),
  older: always(decision),
  newer: always(decision),
  undecided: always(decision),
  'other-kind': always(decision),
  untagged: always(decision),
  shared: always(decision),
  apart: always(decision),
  elsewhere: always(decision),
  'in-trash': always(decision),
  'in-trash-refuses': always(decision),
  'in-trash-purges': always(decision),
  'in-trash-unknown': always(decision),
  unseen: always(decision),
});

const KEPT = is('skip', 'The calendar already holds this event with other content; its copy is kept.');
const COPIED: Decision = { action: 'create', reason: 'Added beside the existing event.', asCopy: true };

const OTHER_KIND = is('conflict', 'The calendar holds another kind of entry under this UID; it is kept.');
const UNTAGGED = is('conflict', 'The server gives no ETag for this event, so it cannot be replaced safely.');

const SHARED = is(
  'conflict',
  'The object that holds this event on the server holds another one, too, which would be lost; nothing is written.',
);
/** The reason why is added by who knows it. */
const APART = is('conflict', 'The calendar holds another part of the same series; it is kept.');

export const copied = (reason: string): Decision => ({ ...COPIED, reason });
const unlessCopied = (decision: Decision, copy: Decision): ByPolicy => ({ ...always(decision), copy });

export const ELSEWHERE = is(
  'conflict',
  'Another calendar of this user holds an event with this UID, and the server takes a UID only once per user. ' +
    'Move or delete that one first, or add this one as a copy.',
);
const DELETED = 'A deleted event with this UID lies in the trash bin of this calendar';
const DROPPED = is(
  'create',
  `${DELETED}. The server may remove it from there for good when this one is stored, so its text is saved with the run first.`,
);
const PURGED = is(
  'create',
  `${DELETED}, and the server would fail on this one. It is taken out of there for good first: a row of its own.`,
);
/** Where the deleted one means what is wanted, and nobody is to be notified anyway. */
export const FROM_BIN: Decision = {
  ...is('create', `${DELETED}, and it means the same. It is restored from there as it was, and nobody is notified.`),
  fromBin: true,
};
const REFUSED = is(
  'conflict',
  `${DELETED}, and this version of the server takes no other one meanwhile. ` +
    'Put it back there or delete it there for good, then plan again, or add this one as a copy.',
);
const PERHAPS = is(
  'conflict',
  `${DELETED}. Some versions of the server refuse another one meanwhile, others remove the deleted one for good, and this ` +
    'server does not say which it is. Store it anyway (the text of the deleted one is saved with the run first), ' +
    'empty the trash bin and plan again, or add this one as a copy.',
);
const UNSEEN = is(
  'conflict',
  'Something in the calendar cannot be read, and may be this event. Look at what is named below, then plan again, or store ' +
    'this one anyway.',
);
const BESIDE_DELETED = copied('Added as a copy: a deleted event with its UID lies in the trash bin.');

const READY: ByTarget = {
  absent: always(is('create')),
  same: always(is('unchanged')),
  older: { skip: KEPT, replace: is('update'), newer: is('update'), copy: COPIED },
  newer: {
    skip: KEPT,
    replace: is('update', "The server's copy is newer and is replaced, as you chose."),
    newer: is('conflict', "The server's copy is newer than the backup; it is kept unless you choose otherwise."),
    copy: COPIED,
  },
  undecided: {
    skip: KEPT,
    replace: is('update'),
    newer: is('conflict', 'The two copies differ, and neither is newer; the one on the server is kept.'),
    copy: COPIED,
  },
  'other-kind': { skip: KEPT, replace: OTHER_KIND, newer: OTHER_KIND, copy: COPIED },
  untagged: { skip: KEPT, replace: UNTAGGED, newer: UNTAGGED, copy: COPIED },
  shared: { skip: KEPT, replace: SHARED, newer: SHARED, copy: COPIED },
  apart: { skip: KEPT, replace: APART, newer: APART, copy: COPIED },
  elsewhere: unlessCopied(ELSEWHERE, copied('Added as a copy: another calendar of this user holds this event.')),
  'in-trash': always(DROPPED),
  'in-trash-refuses': unlessCopied(REFUSED, BESIDE_DELETED),
  unseen: always(UNSEEN),
  'in-trash-purges': always(PURGED),
  'in-trash-unknown': { skip: PERHAPS, replace: DROPPED, newer: PERHAPS, copy: BESIDE_DELETED },
};

const AS_CANCELLED = `${rewriteAdvice('cancellations')} stores it as cancelled.`;

const BROKEN = is(
  'reject',
  `It has broken lines, so it is not sent. ${rewriteAdvice('brokenLines')} sends it mended, as noted here.`,
);

const DECISIONS: Readonly<Record<SourceState, ByTarget>> = {
  ready: READY,
  'left-out': whatever(is('skip', 'Left out by your selection.')),
  cancelled: whatever(
    is('skip', `It was cancelled for the owner of this calendar, so it is left out. ${AS_CANCELLED}`),
  ),
  'cancelled-in-part': whatever(
    is(
      'conflict',
      `Instances of it were cancelled for the owner of this calendar, so it is not stored. ${AS_CANCELLED}`,
    ),
  ),
  'cancelled-perhaps': whatever(
    is(
      'conflict',
      'It was cancelled for some of its guests, and unknown which addresses the owner of this calendar ' +
        `has. Name them, or have it stored as cancelled: ${rewriteAdvice('cancellations')}.`,
    ),
  ),
  'cancelled-for-others': whatever(
    is('skip', 'Nothing is in the backup but a message that cancels it for others, so there is nothing to restore.'),
  ),
  // Nothing need be sent where the calendar holds it already as it would be mended.
  broken: { ...whatever(BROKEN), same: always(is('unchanged')) },
  twin: whatever(
    is('conflict', 'Another entry of the backup has the same UID, and a calendar holds only one of them.'),
  ),
  'wrong-component': whatever(is('reject', 'This calendar does not take this kind of entry.')),
  'too-large': whatever(is('reject', 'It is larger than this calendar takes.')),
  'too-many-guests': whatever(is('reject', 'It has more guests than this calendar takes.')),
  'too-early': whatever(is('reject', 'It is earlier than this calendar takes.')),
  'too-late': whatever(is('reject', 'It is later than this calendar takes.')),
  'too-many-instances': whatever(is('reject', 'It repeats more often than this calendar takes.')),
  unreadable: whatever(is('reject', 'It could not be read.')),
};

/** The cell of the table. */
export function decide(source: SourceState, target: TargetState, policy: ConflictPolicy): Decision {
  return DECISIONS[source][target][policy];
}
