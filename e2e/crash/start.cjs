'use strict';
/*
 * Runs the built command line as `node out/main/cli.cjs …` does, without compiling its four megabytes again:
 * `node start.cjs CLI …`. HUSHCAL_COMPILED names what an earlier process has compiled; where it is not there yet, this
 * one leaves it when it ends. It belongs to one build: see compile.ts.
 */
const fs = require('node:fs');
const { createRequire, wrap } = require('node:module');
const path = require('node:path');
const { Script } = require('node:vm');

const [node, , built, ...args] = process.argv;
const cli = path.resolve(built);
const compiled = process.env['HUSHCAL_COMPILED'];
const cachedData = fs.existsSync(compiled) ? fs.readFileSync(compiled) : undefined;
const script = new Script(wrap(fs.readFileSync(cli, 'utf8')), { filename: cli, cachedData });
if (script.cachedDataRejected) throw new Error(`${compiled} is of another build or another Node.`);
if (cachedData === undefined) process.on('exit', () => fs.writeFileSync(compiled, script.createCachedData()));

process.argv = [node, cli, ...args];
const module_ = { exports: {} };
script.runInThisContext()(module_.exports, createRequire(cli), module_, cli, path.dirname(cli));
