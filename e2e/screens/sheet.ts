import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export const OUTPUT = join(import.meta.dirname, '../output/screens');

export interface Look {
  readonly scheme: 'light' | 'dark';
  readonly width: number;
  readonly height: number;
  readonly zoom: number;
}

const SIZES = [
  [1024, 700],
  [1280, 800],
  [1920, 1080],
] as const;

/**
 * Each way in which a screen is looked at, in the order of the contact sheet: all of them, or those whose name holds
 * HUSHCAL_LOOKS, as in `dark-1280x800-100`.
 */
export function looks(): readonly Look[] {
  const all = (['light', 'dark'] as const).flatMap((scheme) =>
    [1, 1.5].flatMap((zoom) => SIZES.map(([width, height]) => ({ scheme, width, height, zoom }))),
  );
  return all.filter((look) => pictureName('', look).includes(process.env['HUSHCAL_LOOKS'] ?? ''));
}

export function pictureName(screen: string, { scheme, width, height, zoom }: Look): string {
  return `${screen}--${scheme}-${String(width)}x${String(height)}-${String(zoom * 100)}.png`;
}

/** Before the first picture: none of an earlier run is left. */
export async function emptyOutput(): Promise<void> {
  await rm(OUTPUT, { recursive: true, force: true });
  await mkdir(OUTPUT, { recursive: true });
}

/** Writes `index.html` beside the pictures: a row for each screen, a column for each look. Gives its path. */
export async function writeSheet(): Promise<string> {
  const files = new Set((await readdir(OUTPUT)).filter((file) => file.endsWith('.png')));
  const screens = [...new Set([...files].map((file) => file.split('--')[0] ?? ''))].sort();
  const heads = looks().map(
    ({ scheme, width, height, zoom }) => `<th>${scheme}<br>${width} × ${height}, ${zoom * 100} %</th>`,
  );
  const rows = screens.map((screen) => {
    const cells = looks().map((look) => {
      const file = pictureName(screen, look);
      if (!files.has(file)) return '<td>none</td>';
      return `<td><a href="${file}"><img src="${file}" alt="${file}" loading="lazy"></a></td>`;
    });
    return `<tr><th scope="row">${screen}</th>${cells.join('')}</tr>`;
  });
  const path = join(OUTPUT, 'index.html');
  await writeFile(path, page(screens.length, files.size, heads.join(''), rows.join('\n')));
  return path;
}

function page(screens: number, pictures: number, heads: string, rows: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Hushcal: ${screens} screens</title>
<style>
body { font: 13px system-ui, sans-serif; margin: 16px; background: #ccc; }
th { padding: 4px; font-weight: 600; }
thead th { position: sticky; top: 0; background: #ccc; }
img { display: block; width: 320px; }
</style>
<h1>${screens} screens, ${pictures} pictures</h1>
<table><thead><tr><th>Screen</th>${heads}</tr></thead>
<tbody>
${rows}
</tbody></table>
</html>
`;
}
