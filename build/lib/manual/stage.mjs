import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, posix } from 'node:path';
import { inRoot } from '../root.mjs';

/** Pages of the manual that stand elsewhere in the project: source → page. Everything in docs/ is a page, too. */
const ELSEWHERE = {
  'SECURITY.md': 'security.md',
  'CONTRIBUTING.md': 'contributing.md',
  'CHANGELOG.md': 'changes.md',
  'electron/practice/README.md': 'practice-server.md',
};
const PICTURES = 'build/screenshots/';

/**
 * Puts the pages and their pictures together in one folder, from which the site is made.
 * @param folder is emptied first
 * @returns the links that lead nowhere, as `page: target`
 */
export function stage(folder) {
  rmSync(folder, { recursive: true, force: true });
  const dead = [];
  for (const source of sources()) {
    const { text, missing } = rebase(readFileSync(inRoot(source), 'utf8'), source, (path) => existsSync(inRoot(path)));
    dead.push(...missing.map((target) => `${source}: ${target}`));
    const page = join(folder, pageOf(source) ?? source);
    mkdirSync(dirname(page), { recursive: true });
    writeFileSync(page, text);
  }
  cpSync(inRoot(PICTURES), join(folder, 'pictures'), { recursive: true });
  return dead;
}

/** The sources of all pages, relative to the top folder. */
export function sources() {
  const inDocs = readdirSync(inRoot('docs'), { recursive: true }).map((name) => `docs/${name.replaceAll('\\', '/')}`);
  return [...inDocs.filter((path) => path.endsWith('.md')), ...Object.keys(ELSEWHERE)];
}

/** Where in the manual a file of the project is shown; null where it is not. */
export function pageOf(source) {
  if (source.startsWith('docs/') && source.endsWith('.md')) return source.slice('docs/'.length);
  return ELSEWHERE[source] ?? null;
}

/**
 * The text of a page with its relative links as they are in the manual. A link to what is no page (a folder, a source file)
 * keeps its words alone: the manual is read without the project.
 * @param exists says of a path in the project whether it is there
 */
export function rebase(text, source, exists) {
  const missing = [];
  const here = posix.dirname(pageOf(source));
  const rebased = text.replace(
    /(!?)\[([^\]]*)\]\((?!https?:|mailto:|#)([^)\s#]+)(#[^)]*)?\)/g,
    (link, mark, words, to, at = '') => {
      const target = posix.normalize(posix.join(posix.dirname(source), decodeURI(to)));
      if (!exists(target)) {
        missing.push(to);
        return link;
      }
      const page = target.startsWith(PICTURES) ? `pictures/${target.slice(PICTURES.length)}` : pageOf(target);
      if (page === null) return words;
      const way = posix.relative(here, page);
      return `${mark}[${words}](${way.startsWith('.') ? way : `./${way}`}${extname(page) === '.md' ? at : ''})`;
    },
  );
  return { text: rebased, missing };
}
