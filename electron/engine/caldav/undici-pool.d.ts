/** The one part of undici that is used: its index also loads fetch, WebSocket, mocks and caches. */
declare module 'undici/lib/dispatcher/pool.js' {
  import type { Pool } from 'undici';

  const pool: typeof Pool;
  export = pool;
}
