import { serveEngine } from './ipc/apart/serve.ts';
import { parentChannel } from './processes/parent.ts';

// The engine of the window, in a process of its own: whatever it reads or reckons, the window goes on.
const unexpected = serveEngine(parentChannel());
process.on('uncaughtException', unexpected);
process.on('unhandledRejection', unexpected);
