'use strict';
/*
 * Loaded before the app (`-r`): holds it back until Playwright has attached, as Playwright's own loader does where it
 * chooses the runtime. A window that is made while Playwright attaches is now and then never reported to it, and a test
 * would wait for it in vain.
 */
const { app, utilityProcess } = require('electron');
const { join } = require('node:path');

const started = app.whenReady();
const emit = app.emit.bind(app);
let isReady = false;
let announce;
let readyArguments = [];
const held = new Promise((resolve) => (announce = resolve));

app.emit = (event, ...args) => {
  if (event !== 'ready') return emit(event, ...args);
  readyArguments = args;
  return app.listenerCount('ready') > 0;
};
app.isReady = () => isReady;
app.whenReady = () => held;

// A test with a name server of its own: what asks for names runs in another process.
if ((process.env.HUSHCAL_E2E_NAME_SERVER ?? '') !== '') {
  const fork = utilityProcess.fork.bind(utilityProcess);
  utilityProcess.fork = (entry, _given, options) => fork(join(__dirname, 'names.cjs'), [entry], options);
}

/** Playwright calls it once it sees everything. */
globalThis.__playwright_run = async () => {
  await started;
  isReady = true;
  announce();
  emit('ready', ...readyArguments);
};
