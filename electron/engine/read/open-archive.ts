import { gunzipped, gunzipProblem } from './gunzip.ts';
import { CALENDAR_NAME, type Opening } from './opening.ts';
import { untar } from './untar.ts';
import { unpack } from './zip.ts';

const ARCHIVE_NAME = /\.(?:zip|icbu|tar|tar\.gz|tgz)$/i;

/** gzip holds one file, which keeps its name. */
export async function openGzip(opening: Opening): Promise<void> {
  const { found, bytes, limits, budget, spool } = opening;
  if (found.nesting > limits.maxNesting) {
    opening.problem('nested-too-deep');
    return;
  }
  let copy: { path: string; bytes: number };
  try {
    copy = await spool.write(gunzipped(found.at, bytes, limits, budget), limits.maxFileBytes);
  } catch (thrown) {
    opening.problem(gunzipProblem(thrown, budget));
    return;
  }
  await opening.openNext({ ...found, at: copy.path, spooled: true, nesting: found.nesting + 1, gunzipped: true });
}

export const openZip = (opening: Opening): Promise<void> => openArchive(opening, unpack, opening.found.nesting);

/** A tar in a gzip is one archive. */
export const openTar = (opening: Opening): Promise<void> =>
  openArchive(opening, untar, opening.found.nesting - (opening.found.gunzipped === true ? 1 : 0));

async function openArchive(opening: Opening, open: typeof unpack | typeof untar, nesting: number): Promise<void> {
  const { found, limits, budget } = opening;
  if (nesting > limits.maxNesting) {
    opening.problem('nested-too-deep');
    return;
  }
  const before = opening.outcomes();
  await open(found.at, limits, budget, {
    entry: (name, content) =>
      opening.inside(`${found.label} › ${name}`, content, { nesting: nesting + 1, named: false }),
    problem: (name, code) => {
      // A photo that is too large or encrypted is nobody's calendar.
      if (name !== '' && !CALENDAR_NAME.test(name) && !ARCHIVE_NAME.test(name) && code !== 'unsafe-name') return;
      opening.problem(code, name === '' ? found.label : `${found.label} › ${name}`);
    },
  });
  if (opening.outcomes() === before) opening.problem('empty-archive');
}
