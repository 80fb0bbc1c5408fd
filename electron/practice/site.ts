import type { Personality } from './personalities/personality.ts';
import type { Exchange } from './http/exchange.ts';
import type { Collection, Principal } from './store/model.ts';
import type { Store } from './store/store.ts';
import type { Controls } from './scheduling/controls.ts';

/** One running practice server, as the handlers see it. */
export interface Site {
  readonly store: Store;
  readonly personality: Personality;
  readonly now: () => Date;
}

/** One authenticated request. */
export interface Call {
  readonly site: Site;
  readonly exchange: Exchange;
  readonly actor: Principal;
  /** Who writes through a share; absent: nobody but those who may. */
  readonly sharee?: Principal | undefined;
  /** Read from the headers of a method that writes. */
  readonly controls: Controls;
}

/** Where an object is to be stored. */
export interface PutTarget {
  readonly collection: Collection;
  readonly name: string;
}
