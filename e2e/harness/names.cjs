'use strict';
/* Stands before a program that runs in a process of its own: its name server is the one of a test. */
require('node:dns').setServers([process.env.HUSHCAL_E2E_NAME_SERVER]);
require(process.argv[2]);
