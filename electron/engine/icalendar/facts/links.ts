import { withoutEnd } from '../../../../shared/text/text.ts';
import { unescapeText } from '../lines.ts';

/** Lines whose addresses say what made the file, not what the event is about. */
const NOT_CONTENT = /^(?:TZURL|PRODID|UID|X-WR-[A-Z-]+)[;:]/i;
/** Ends a sentence more often than an address. */
const AFTERTHOUGHT = `.,;:!?'")]}>`;

/**
 * Web addresses in the unfolded lines of an event, each once, as written: in its description, its URL, its attachments
 * and the HTML that some programs put beside it. None of them is ever opened.
 */
export function linksIn(text: string): readonly string[] {
  const found = new Set<string>();
  for (const line of text.split(/\r?\n/)) {
    if (!/https?:/i.test(line) || NOT_CONTENT.test(line)) continue;
    const plain = unescapeText(line).replace(/&amp;/gi, '&');
    for (const link of plain.match(/https?:\/\/[^\s"'<>\\]+/gi) ?? []) found.add(withoutEnd(link, AFTERTHOUGHT));
  }
  return [...found];
}

/** The hosts of links, lower case, without `www.`, each once. */
export function hostsOf(links: readonly string[]): readonly string[] {
  const hosts = new Set<string>();
  for (const link of links) {
    // Whatever stands before an @ is a name to log in with, and often a disguise.
    const host = /^https?:\/\/(?:[^/?#]*@)?([^/?#:]+)/i.exec(link)?.[1]?.toLowerCase();
    if (host !== undefined) hosts.add(host.replace(/^www\./, ''));
  }
  return [...hosts];
}
