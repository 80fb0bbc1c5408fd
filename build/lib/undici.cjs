'use strict';
/*
 * What electron/ uses of undici, for the builds: its index loads all of it, fetch and the mocks too, which costs more of
 * a start than everything of ours (build/undici.test.ts holds this against what is imported).
 */
exports.Pool = require('../../node_modules/undici/lib/dispatcher/pool.js');
exports.buildConnector = require('../../node_modules/undici/lib/core/connect.js');
exports.errors = require('../../node_modules/undici/lib/core/errors.js');
