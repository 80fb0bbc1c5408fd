import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { inRoot } from './lib/root.mjs';

// `npm run matrix -- --silence`: product × job × mode, over the recorded faces and the personalities of the practice server.

const { silenceTable } = await load('electron/engine/scheduling/profiles/silence.ts');
const { PERSONALITIES } = await load('electron/practice/personalities/all.ts');

process.stdout.write(`${silenceTable(faces())}\n\n${silenceTable(personalities())}\n`);

/** A module of TypeScript, with what it imports. */
async function load(entry) {
  const { output } = await build({
    configFile: false,
    logLevel: 'error',
    build: { ssr: inRoot(entry), write: false, minify: false },
  });
  // Beside the program, where its libraries are found.
  const file = inRoot(`out/${basename(entry, '.ts')}.mjs`);
  mkdirSync(inRoot('out'), { recursive: true });
  writeFileSync(file, output[0].code);
  return import(pathToFileURL(file).href);
}

function faces() {
  const folder = inRoot('electron/engine/scheduling/profiles/faces');
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.sort().flatMap((name) => {
    const { server, answers } = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    const options = answers.find(({ request, status }) => request.startsWith('OPTIONS ') && status === 200);
    if (options === undefined) return [];
    const path = options.request.slice('OPTIONS '.length);
    const body = (request) => answers.find((one) => one.request === request && one.status < 300)?.body;
    const face = { path, options: linesOf(options.headers), described: body(`PROPFIND ${path}`) };
    const seen = { ...face, name: server, statusPage: body('GET /status.php') };
    // The same server behind a proxy that takes its name away.
    const hidden = answers.some(({ headers }) => headers.some(([header]) => header === 'x-sabre-version'));
    const cyrus = /^cyrus/i.test(server);
    if (!hidden && !cyrus) return [seen];
    const left = options.headers.filter(([header]) => header !== 'x-sabre-version' && header !== 'server');
    return [seen, { ...seen, name: `${server}, name hidden`, options: linesOf(left) }];
  });
}

function personalities() {
  return PERSONALITIES.filter(({ product }) => product !== null).map(({ name, product }) => ({
    name,
    path: '/dav/calendars/alice/default/',
    options: linesOf([
      ...Object.entries({ ...product.everywhere, ...product.options }),
      ...product.dav.map((line) => ['dav', line]),
      ...(product.allow === undefined ? [] : [['allow', product.allow]]),
    ]),
    statusPage: JSON.stringify(product.pages?.['/status.php']),
  }));
}

/** Header lines by name; several of one name stay several. */
function linesOf(headers) {
  const lines = {};
  for (const [name, value] of headers) (lines[name.toLowerCase()] ??= []).push(value);
  return lines;
}
