import type {
  Assumption,
  CanaryProof,
  IdentityChoice,
  MessageKinds,
  SchedulingMode,
  StandardMode,
  NotifiedCount,
  Verdict,
  WriteMethod,
} from '../../../shared/model/scheduling.ts';
import type { PlanRow } from '../../../shared/model/plan.ts';
import type { ServerEvidence } from '../caldav/types.ts';

/** All that is looked at before a mode is judged. */
export interface Observed {
  readonly server: ServerEvidence;
  /** Said by the admin, once per server. */
  readonly assume: readonly Assumption[];
  /** What a canary showed about this very calendar; null or absent where there was none, or it is void. */
  readonly proof?: CanaryProof | null;
}

/** What is decided for one target: per mode one verdict, and the headers to send per write. */
export interface Capability {
  /** Over all methods that the plan uses; the weakest one decides. */
  verdict(mode: SchedulingMode, methods: readonly WriteMethod[]): Verdict;
  /** Headers of one write in an allowed mode; throws HushError for a blocked one. `address` is a checked URI or null. */
  headers(mode: SchedulingMode, method: WriteMethod, address: string | null): Readonly<Record<string, string>>;
  /** What the server calls itself, e.g. `Cyrus 3.6.1`; null when it cannot be told. */
  readonly product: string | null;
  /** Whether an address to act as can be sent to this server; asked before the plan is made. */
  identity(choice: IdentityChoice): IdentityVerdict;
}

/** What becomes of the choice of acting identity on one target. */
export interface IdentityVerdict {
  /** `Schedule-User-Address` goes along; otherwise every row's address must be null. */
  readonly sent: boolean;
  /** Why nothing may be written with this choice; null when it may. */
  readonly refused: string | null;
  /** A sentence for a person; empty when there is nothing to say. */
  readonly because: string;
}

/** As whom one event is written. */
export interface ActingIdentity {
  readonly address: string | null;
  readonly standing: PlanRow['standing'];
}

/** What a write does to an event. */
export type Change = 'create' | 'update' | 'delete';

/** Who one write would tell, by mode; addresses are lower-case `mailto:` URIs or other URIs as written. */
export interface NotifiedItem {
  readonly inside: readonly string[];
  readonly outside: readonly string[];
  /** Whose calendars here change: theirs inside, and of the other guests where the owner answers somebody inside. */
  readonly calendars: readonly string[];
  /** Of those who get more than one message: how many. Absent where nobody does. */
  readonly several?: ReadonlyMap<string, number>;
  /** Per mode: how many of them, how many messages and changed calendars. */
  readonly perMode: Readonly<Record<StandardMode, NotifiedCount>>;
  /** What the messages say, where everybody is told. */
  readonly kinds: { readonly inside: MessageKinds; readonly outside: MessageKinds };
}

/**
 * Where a server tells people although RFC 6638 does not ask for it. Only what adds messages: what a server leaves out
 * may depend on its settings, and the number that is shown must be the most that can happen.
 */
export interface Delivers {
  /** The SCHEDULE-AGENT values (upper case) that it obeys; absent: all but SERVER, as RFC 6638 §7.1 says. */
  readonly agents?: readonly string[];
  /** It tells about meetings that were cancelled already. */
  readonly cancelled?: boolean;
  /** An invitation stored without an answer is replied to all the same. */
  readonly unanswered?: boolean;
  /** Deleting what was declined declines once more. */
  readonly declined?: boolean;
  /** Deleting a meeting in which the owner takes no part cancels it for its guests. */
  readonly strangers?: boolean;
  /** A guest who puts an instance back into a series answers once more. */
  readonly putBack?: boolean;
  /** For which writes one who makes them through a share takes part in what is there, as well as its owner. */
  readonly sharees?: readonly Change[];
  /** Of the owner's addresses it leaves out the ORGANIZER alone: another one on the list gets what every guest gets. */
  readonly ownGuests?: boolean;
  /**
   * It mails instead of scheduling: every ATTENDEE of an event, the owner too, whatever role and SCHEDULE-AGENT, and no
   * calendar changes.
   */
  readonly mailHook?: boolean;
  /** It notifies the guests of every update by the organizer, whatever was changed, if anything. */
  readonly everyUpdate?: boolean;
  /** It sends cancellations apart from what else it sends, and to the organizer, too: see notified/cancelled-apart.ts. */
  readonly cancelsApart?: boolean;
  /** Where it was seen. */
  readonly evidence: string;
  /** What a guest who is taken off does not get, in some of its releases: one sentence for a person. */
  readonly takenOff?: string;
  /** What it leaves out, unless its administrator set it otherwise: one sentence for a person. */
  readonly leavesOut?: string;
}

/** Who is who, for counting: the calendar owner's own addresses and the domains that count as inside. */
export interface NotifiedContext {
  readonly ownAddresses: readonly string[];
  /** Those of the one who writes through a share, where the server may count them. */
  readonly shareeAddresses?: readonly string[];
  /** Lower case. */
  readonly insideDomains: ReadonlySet<string>;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What this server adds to RFC 6638; absent: nothing. */
  readonly delivers?: Delivers;
  /** It does no scheduling at all: whatever is asked, nobody is notified. */
  readonly silent?: boolean;
}
