import { readFileSync, writeFileSync } from 'node:fs';
import { drawHouse } from './lib/drawing.mjs';
import { inRoot } from './lib/root.mjs';

// `node build/drawing.mjs`: draws the rooms into docs/architecture.md anew.
const page = inRoot('docs/architecture.md');
writeFileSync(page, readFileSync(page, 'utf8').replace(/```mermaid[^]*?```/, drawHouse()));
