import type { CanaryProof } from '../../../shared/model/scheduling.ts';
import { deliveryMarks } from '../icalendar/facts/delivery-marks.ts';

/** The guest of every test event: `.invalid` is reserved (RFC 2606 §2), so no mail to it can arrive anywhere. */
const CANARY_GUEST = 'mailto:canary@hushcal.invalid';

/** One test event. */
export interface CanaryEvent {
  readonly uid: string;
  /** How often it was changed: another time, another SEQUENCE. */
  readonly version: 0 | 1;
}

/** The test events of one canary. */
interface CanaryEvents {
  readonly control: CanaryEvent;
  readonly quiet: CanaryEvent;
  readonly moved: CanaryEvent;
}

/**
 * UIDs of their own for each canary: a server may keep what an earlier one deleted in a trash bin, and refuse its UID.
 *
 * @param mark random, of letters and digits
 */
export function canaryEvents(mark: string): CanaryEvents {
  const quiet: CanaryEvent = { uid: `canary-quiet-${mark}@hushcal.invalid`, version: 0 };
  return {
    control: { uid: `canary-control-${mark}@hushcal.invalid`, version: 0 },
    quiet,
    moved: { ...quiet, version: 1 },
  };
}

/** Whether a UID is one of a test event, of whichever canary. */
export function isCanaryUid(uid: string): boolean {
  return /^canary-(?:control|quiet)(?:-[0-9a-z]+)?@hushcal\.invalid$/.test(uid);
}

/** The text of a test event, far enough ahead that no server takes it for over. */
export function canaryText({ uid, version }: CanaryEvent, organizer: string, now: Date): string {
  const day = `${now.getUTCFullYear() + 2}0105`;
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, '');
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Hushcal//canary//EN',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${stamp}`,
    `DTSTART:${day}T${version === 0 ? '09' : '11'}0000Z`,
    `DTEND:${day}T${version === 0 ? '10' : '12'}0000Z`,
    `SEQUENCE:${version}`,
    'SUMMARY:Hushcal test event (it is removed again)',
    `ORGANIZER:${organizer}`,
    `ATTENDEE;PARTSTAT=ACCEPTED:${organizer}`,
    `ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:${CANARY_GUEST}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}

/** What the server notes about having told the guest of a stored test event; null where it notes nothing. */
export function markOf(text: string): string | null {
  const marks = deliveryMarks(text).filter(({ address }) => address.toLowerCase() === CANARY_GUEST);
  return marks[0]?.status ?? null;
}

/** What was read after each step; undefined for a step that was not made. */
export interface CanarySeen {
  readonly control: string | null;
  readonly create?: string | null;
  readonly update?: string | null;
}

/** What the marks prove. Without a mark on the event that was sent openly, their absence elsewhere shows nothing. */
export function conclude({
  control,
  create,
  update,
}: CanarySeen): Pick<CanaryProof, 'control' | 'create' | 'update' | 'seen'> {
  if (control === null) {
    return {
      control: false,
      create: false,
      update: false,
      seen: [
        'The event that was sent openly carries no SCHEDULE-STATUS: this server does not show whom it notifies, so it cannot be proved here.',
      ],
    };
  }
  return {
    control: true,
    create: create === null,
    update: update === null,
    seen: [
      `The event that was sent openly carries SCHEDULE-STATUS ${control}: the server notified its guest, and shows it.`,
      sentence('added', create),
      ...(update === undefined ? [] : [sentence('replaced', update)]),
    ],
  };
}

function sentence(done: string, mark: string | null | undefined): string {
  return mark === null || mark === undefined
    ? `The event that was ${done} with the “no messages” request carries none: nobody was notified.`
    : `The event that was ${done} with the “no messages” request carries SCHEDULE-STATUS ${mark}: its guest was notified anyway.`;
}
