import { _electron } from '@playwright/test';
import { readFile, writeFile } from 'node:fs/promises';
import { ensureRuntime } from '../lib/electron/runtime.mjs';
import { inRoot } from '../lib/root.mjs';
import { isRoot } from '../lib/system.mjs';

// Draws the PNG icons from icon.svg, on a display: `xvfb-run -a node build/icons/render.mjs` after a change of the SVG.
const SIZES = [16, 32, 48, 64, 128, 256, 512];

const { executable } = await ensureRuntime();
const svg = await readFile(inRoot('build/icons/icon.svg'), 'utf8');
const app = await _electron.launch({
  executablePath: executable,
  args: [...(isRoot() ? ['--no-sandbox'] : []), inRoot()],
});
for (const size of SIZES) {
  const png = await app.evaluate(draw, { svg, size });
  await writeFile(inRoot('build/icons', `${String(size)}x${String(size)}.png`), Buffer.from(png, 'base64'));
}
await app.close();

/** Runs inside Electron: shows the picture in a transparent window of its own and takes it from there. */
async function draw({ BrowserWindow }, { svg, size }) {
  const window = new BrowserWindow({ width: size, height: size, show: false, frame: false, transparent: true });
  const page = `<body style="margin:0;background:transparent"><canvas width="${size}" height="${size}"></canvas></body>`;
  await window.loadURL(`data:text/html,${encodeURIComponent(page)}`);
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  const data = await window.webContents.executeJavaScript(`new Promise((done) => {
    const picture = new Image();
    picture.onload = () => {
      const canvas = document.querySelector('canvas');
      canvas.getContext('2d').drawImage(picture, 0, 0, ${size}, ${size});
      done(canvas.toDataURL('image/png').split(',')[1]);
    };
    picture.src = ${JSON.stringify(source)};
  })`);
  window.destroy();
  return data;
}
