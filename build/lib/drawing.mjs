import { readdirSync, readFileSync } from 'node:fs';
import { importsIn } from './imports.mjs';
import { inRoot } from './root.mjs';

/** A folder below which each folder is a room of its own. */
const HALLS = ['electron', 'electron/engine'];
const PARTS = ['shared', 'electron', 'renderer'];
/** Files in a hall that are drawn: the ways in. What all rooms use (types, paths) would only hide the order. */
const DOORS = [
  'electron/main.ts',
  'electron/preload.ts',
  'electron/engine-process.ts',
  'electron/practice-process.ts',
  'electron/cli.ts',
  'electron/engine/engine.ts',
];

/**
 * The rooms and their imports as a mermaid flowchart, arrows from the one that imports. An arrow that follows from two
 * others is left out, so that the order can be seen. Tests are not rooms.
 */
export function drawHouse() {
  const imports = essential(roomImports());
  const lines = [...imports].flatMap(([from, targets]) =>
    [...targets].sort().map((to) => `  ${node(from)} --> ${node(to)}`),
  );
  return ['```mermaid', 'flowchart TD', ...lines.sort(), '```'].join('\n');
}

/** Room → the rooms that it imports. */
function roomImports() {
  const rooms = new Map();
  for (const file of PARTS.flatMap(sources)) {
    const room = roomOf(file);
    if (!isDrawn(room)) continue;
    const targets = rooms.get(room) ?? new Set();
    rooms.set(room, targets);
    for (const imported of importsIn(file, readFileSync(inRoot(file), 'utf8'))) {
      const target = roomOf(imported);
      if (target !== room && isDrawn(target)) targets.add(target);
    }
  }
  return rooms;
}

function sources(folder) {
  return readdirSync(inRoot(folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return entry.name === 'testing' ? [] : sources(path);
      return /\.tsx?$/.test(entry.name) && !/\.(test|fixture|conformance)\./.test(entry.name) ? [path] : [];
    });
}

/** The folder that is the room of a file; a file that stands in a hall itself is a room of its own. */
function roomOf(file) {
  const [top, ...rest] = file.split('/');
  let room = top;
  for (const step of rest) {
    if (!HALLS.includes(room)) break;
    room = `${room}/${step}`;
  }
  return room;
}

function isDrawn(room) {
  return !/\.tsx?$/.test(room) || DOORS.includes(room);
}

/** The same without arrows that follow from others. */
function essential(imports) {
  const reaches = (from, to, seen = new Set()) => {
    for (const next of imports.get(from) ?? []) {
      if (next === to) return true;
      if (seen.has(next)) continue;
      seen.add(next);
      if (reaches(next, to, seen)) return true;
    }
    return false;
  };
  const kept = new Map();
  for (const [from, targets] of imports) {
    const needed = [...targets].filter(
      (to) => ![...targets].some((other) => other !== to && reaches(other, to) && !reaches(to, other)),
    );
    kept.set(from, new Set(needed));
  }
  return kept;
}

/** A node without the folder that all but two rooms stand in. */
function node(room) {
  return `${room.replace(/[^a-z0-9]/gi, '_')}["${room.replace(/^electron\//, '')}"]`;
}
