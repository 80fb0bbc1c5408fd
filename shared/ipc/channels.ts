/** The names under which the two processes talk. Apart from the schemas, so that the preload stays small. */
export const BRIDGE_NAME = 'hushcal';
export const REQUEST_CHANNEL = 'hushcal:request';
export const PUSH_CHANNEL = 'hushcal:push';
/** From the preload alone: paths of what a person dropped. */
export const DROP_CHANNEL = 'hushcal:drop';
