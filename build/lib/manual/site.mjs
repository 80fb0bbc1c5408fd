import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What is wrong with a site that was made: links and headings that are not there, and whatever a browser would fetch from elsewhere.
 * @returns sentences; empty where nothing is wrong
 */
export function faultsOf(folder) {
  const files = readdirSync(folder, { recursive: true }).map((name) => name.replaceAll('\\', '/'));
  const pages = new Map(
    files.filter((name) => name.endsWith('.html')).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
  const styles = files.filter((name) => name.endsWith('.css'));
  const there = new Set(files);
  return [
    ...[...pages].flatMap(([name, html]) => [...fetchedElsewhere(name, html), ...deadLinks(name, html, pages, there)]),
    ...styles.flatMap((name) =>
      [
        ...readFileSync(join(folder, name), 'utf8').matchAll(/(?:url\(["']?|@import ["'])((?:https?:)?\/\/[^"')]+)/g),
      ].map(([, url]) => `${name} fetches ${url}`),
    ),
  ];
}

/** A link that a person follows may lead out; what the page loads may not. */
function fetchedElsewhere(name, html) {
  return [
    ...html.matchAll(/<(?!a\b)[a-z]+\b[^>]*?\s(?:src|href|srcset|action|poster|data)="((?:https?:)?\/\/[^"]+)"/g),
  ].map(([, url]) => `${name} fetches ${url}`);
}

function deadLinks(name, html, pages, there) {
  return [...html.matchAll(/<(?:a|img|link|script)\b[^>]*?\s(?:src|href)="([^"]*)"/g)].flatMap(([, link]) => {
    if (/^(?:[a-z]+:|\/\/)/.test(link)) return [];
    const { pathname, hash } = new URL(link.replaceAll('&amp;', '&'), `http://site/${name}`);
    const path = decodeURI(pathname).slice(1);
    const target = path === '' || path.endsWith('/') ? `${path}index.html` : path;
    if (!there.has(target)) return [`${name}: ${link}`];
    const anchor = decodeURIComponent(hash.slice(1));
    const found = anchor === '' || !pages.has(target) || pages.get(target).includes(` id="${anchor}"`);
    return found ? [] : [`${name}: ${link} (there is no such heading)`];
  });
}
