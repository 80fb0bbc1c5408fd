// What `electron [flags] <app folder or file>` runs first: finds the app among the arguments and loads it. The official
// runtime brings its own; the test runtime has none.
const { app } = require('electron');
const Module = require('node:module');
const fs = require('node:fs');
const path = require('node:path');

const args = process.argv.slice(1);
let chosen = null;
for (let i = 0; i < args.length && chosen === null; i += 1) {
  if (args[i] === '-r' || args[i] === '--require') {
    // Playwright loads its own part this way.
    require(path.resolve(args[i + 1]));
    i += 1;
  } else if (!args[i].startsWith('-')) {
    chosen = path.resolve(args[i]);
  }
}

function load(entry) {
  process.defaultApp = true;
  if (!fs.statSync(entry).isDirectory()) {
    app.setAppPath(path.dirname(entry));
    return entry;
  }
  const manifest = JSON.parse(fs.readFileSync(path.join(entry, 'package.json'), 'utf8'));
  app.setName(manifest.productName ?? manifest.name);
  app.setVersion(manifest.version);
  app.setAppPath(entry);
  return path.join(entry, manifest.main ?? 'index.js');
}

if (chosen === null) {
  console.error('Usage: electron <app>');
  app.exit(2);
} else {
  Module._load(load(chosen), Module, true);
}
