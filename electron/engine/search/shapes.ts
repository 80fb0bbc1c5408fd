import { createHash } from 'node:crypto';
import { linksIn, hostsOf } from '../icalendar/facts/links.ts';

/** Longest text that counts for a shape, in characters. */
const LONGEST = 2000;

const EMOJI = /(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|\u{FE0F}|\u{200D})+/gu;
/** Begins where a word does: looking from each of its letters anew would be quadratic. */
const ADDRESS = /(?<![^\s<>"'(),;:])[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/gu;
const LINK = /https?:\/\/[^\s"'<>\\]+/giu;
/** A run that mixes digits and letters, as ids do, or digits with what stands between them in dates and times. */
const ID = /(?=[\p{L}\p{N}_-]*\p{N})[\p{L}\p{N}_-]+(?:[.:/,][\p{N}]+)*/gu;
const MONTHS =
  /\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/giu;

/**
 * A title with what changes from copy to copy replaced by `…`: numbers, dates, ids, addresses, emoji. Titles of one wave
 * of spam have one shape.
 */
export function titleShape(title: string): string {
  return collapse(
    title.slice(0, LONGEST).normalize('NFKC').replace(LINK, '…').replace(ADDRESS, '…').replace(EMOJI, '…'),
  );
}

/** The same of a whole text. Of links the host stays: it is what a wave has in common. */
export function textShape(text: string): string {
  const short = text.slice(0, LONGEST).normalize('NFKC');
  const hosts = short.replace(LINK, (link) => ` ${hostsOf(linksIn(link))[0] ?? ''} `);
  return collapse(hosts.replace(ADDRESS, '…').replace(EMOJI, '…'));
}

/** Stands for a shape where many of them are counted. */
export function shapeKey(shape: string): string {
  return createHash('sha256').update(shape).digest('base64url').slice(0, 16);
}

function collapse(text: string): string {
  return text
    .toLowerCase()
    .replace(ID, '…')
    .replace(MONTHS, '…')
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/…(?:[\s.,:;/-]*…)+/gu, '…')
    .trim();
}
