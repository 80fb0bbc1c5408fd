const KIB = 1024;
const MIB = 1024 * KIB;

/**
 * Octets of answers, unpacked, by what was asked for. No honest server comes near; whatever comes, the program holds no more
 * than 512 MB. What is longer is refused (`ANSWER_TOO_LARGE`), unless its beginning is all that counts.
 */
export const BOUNDS = {
  /** What is read for words alone: errors, answers to writes and to OPTIONS. Its beginning counts. */
  words: 256 * KIB,
  /** A PROPFIND of depth 0, and what is beside a calendar. */
  properties: 2 * MIB,
  /** The calendars of a home. */
  home: 8 * MIB,
  /** One calendar object, attachments in it included. */
  object: 32 * MIB,
  /** Fifty objects at once; what is longer is read one by one. */
  multiget: 24 * MIB,
  /** A list that is read as it comes, and not kept. */
  list: 512 * MIB,
  /** A packed answer as it came: it is unpacked when it is there. */
  packed: 32 * MIB,
} as const;

/** Responses of one list: a calendar of so many objects is none. */
export const MOST_RESPONSES = 500_000;
