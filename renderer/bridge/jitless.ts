import { config } from 'zod';

/*
 * zod would otherwise probe for `new Function`, which the page's Content-Security-Policy refuses (and reports). It must
 * be said before the first schema is made, so this module is imported first.
 */
config({ jitless: true });
