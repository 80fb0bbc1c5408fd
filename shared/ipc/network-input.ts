import { z } from 'zod';
import { networkSpec } from '../model/network.ts';
import { secret } from './route.ts';

/** How a server is reached, as a person says it in the window: with the passwords, which go inward only. Null: as it is kept. */
export const networkInput = z.strictObject({
  spec: networkSpec,
  proxyPassword: secret.nullable(),
  keyPassword: secret.nullable(),
});
export type NetworkInput = z.infer<typeof networkInput>;
