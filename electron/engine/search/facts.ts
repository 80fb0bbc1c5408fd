import type { Match } from '../../../shared/model/batch/cleanup.ts';
import { eventText } from '../icalendar/summary/event-text.ts';
import { hostsOf, linksIn } from '../icalendar/facts/links.ts';
import type { ResourceSummary } from '../icalendar/types.ts';
import { instantOf } from '../icalendar/zones/instant.ts';
import { addressKey } from '../scheduling/addresses.ts';
import { ownPart, type Owner } from './owner.ts';
import { shapeKey, textShape, titleShape } from './shapes.ts';

/** Longest title and text of a list, in characters. */
const LONGEST = 200;

/** What is kept of an event that was found: never its text. */
export interface Facts extends Omit<Match, 'id' | 'place' | 'mailbox' | 'calendar' | 'kept'> {
  readonly shape: string;
  readonly textKey: string;
  /** The beginning of the text, for a person. */
  readonly words: string;
}

/** @param text the unfolded lines of the event */
export function factsOf(summary: ResourceSummary, href: string, text: string, owner: Owner): Facts {
  const { uid, title, start, organizer, attendees, recurring } = summary;
  const description = descriptionOf(text);
  const shape = titleShape(title);
  const startsAt = instantOf(start);
  return {
    uid,
    href,
    title: title.slice(0, LONGEST),
    start: start?.text ?? null,
    ...(startsAt === undefined ? {} : { startsAt }),
    organizer: organizer === null ? null : addressKey(organizer.address).replace(/^mailto:/, ''),
    guests: attendees.length,
    linkHosts: hostsOf(linksIn(text)),
    own: ownPart(summary, owner),
    recurring,
    shape,
    textKey: keyOfText(title, description),
    words: (description === '' ? title : description).replace(/\s+/g, ' ').trim().slice(0, LONGEST),
  };
}

/** Equal for copies of one text; without a description the title stands for it. */
function keyOfText(title: string, description: string): string {
  return shapeKey(description === '' ? `title ${titleShape(title)}` : textShape(description));
}

function descriptionOf(text: string): string {
  return eventText(text).description;
}
