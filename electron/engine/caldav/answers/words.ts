/** How much of the other side's text a person is shown. */
const LONGEST = 240;

/**
 * The server's own words, fit for a sentence: markup, control characters and runs of white space removed, shortened.
 * Empty when nothing readable is there.
 */
export function ownWords(text: string): string {
  const head = text.slice(0, 20_000);
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(head)?.[1];
  const plain = (title !== undefined && isHtml(head) ? title : stripMarkup(head))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&(?:apos|#39);/g, "'")
    .replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST - 1)}…` : plain;
}

/** Whether a text looks like a web page and not like an answer for a program. */
export function isHtml(text: string): boolean {
  return /^\s*(?:<!doctype html|<html)/i.test(text) || /<\/?(?:body|head)[\s>]/i.test(text.slice(0, 2000));
}

function stripMarkup(text: string): string {
  return text
    .replace(/<(script|style)[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<[?!][^<>]*>/g, ' ')
    .replace(/<[^<>]*>/g, ' ');
}

/** ` The server says: "…"` or nothing, to end a sentence with. */
export function saying(text: string): string {
  const words = ownWords(text);
  return words === '' ? '' : ` The server says: "${words}"`;
}
