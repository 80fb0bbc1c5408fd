import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { settings } from './lib/manual/config.mjs';
import { faultsOf } from './lib/manual/site.mjs';
import { pageOf, sources, stage } from './lib/manual/stage.mjs';
import { inRoot } from './lib/root.mjs';
import { giveUp, say } from './lib/say.mjs';

// `npm run docs`: the manual as a site in dist/docs, with a search. Any web server shows it; it loads nothing from elsewhere.
await ensureDependencies();
const folder = inRoot('.cache/manual');
const outDir = inRoot('dist/docs');

const dead = stage(folder);
if (dead.length > 0) giveUp(`Links that lead nowhere:\n${dead.join('\n')}`);

const { version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
const pages = new Map(
  sources().map((source) => [pageOf(source).slice(0, -'.md'.length), titleOf(readFileSync(inRoot(source), 'utf8'))]),
);
rmSync(outDir, { recursive: true, force: true });
// VitePress looks for its settings beside the pages.
const config = settings({ pages, outDir, cacheDir: inRoot('.cache/vitepress'), version });
mkdirSync(`${folder}/.vitepress`);
writeFileSync(`${folder}/.vitepress/config.mjs`, `export default ${JSON.stringify(config)};\n`);

const { build } = await import('vitepress');
await build(folder);

const faults = faultsOf(outDir);
if (faults.length > 0) giveUp(`The site is not whole:\n${faults.join('\n')}`);
say(`The manual, ${pages.size} pages: dist/docs/index.html`);

/** The first heading of a page. */
function titleOf(text) {
  return (/^# (.+)$/m.exec(text)?.[1] ?? '').replaceAll('`', '');
}
