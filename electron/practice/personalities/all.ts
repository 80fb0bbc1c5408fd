import { LIKENESSES } from './likenesses.ts';
import { ODDITIES } from './oddities.ts';
import type { Personality } from './personality.ts';

export const PERSONALITIES: readonly Personality[] = [...ODDITIES, ...LIKENESSES];

export const personalityNamed = (name: string): Personality | undefined => PERSONALITIES.find((p) => p.name === name);
