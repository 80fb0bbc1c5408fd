import { z } from 'zod';
import type { PracticeInfo } from '../../practice/info.ts';
import type { HelpData } from './help/help-data.ts';

/* Lines that are about the program itself. */

const texts = z.array(z.string()).readonly();

/** The one line of `practice`: where it answers, and whose calendars it has. */
export const practiceLine = z.strictObject({
  server: z.literal('hushcal-practice'),
  version: z.string(),
  pid: z.int(),
  base_url: z.string(),
  well_known: z.string(),
  scheduling: z.boolean(),
  personality: z.string(),
  messages_url: z.string(),
  admin: z.strictObject({ user: z.string(), password: z.string(), principal: z.string() }),
  users: z
    .array(
      z.strictObject({
        user: z.string(),
        password: z.string(),
        email: z.string(),
        addresses: texts,
        principal: z.string(),
        calendar_home: z.string(),
        calendar: z.string(),
        inbox: z.string(),
        outbox: z.string(),
      }),
    )
    .readonly(),
}) satisfies z.ZodType<PracticeInfo>;

/** The one line of `help --json`. */
export const helpLine = z.strictObject({
  version: z.string(),
  commands: z
    .array(
      z.strictObject({
        name: z.string(),
        does: z.string(),
        usage: z.string(),
        options: z
          .array(
            z.strictObject({
              name: z.string(),
              value: z.string().nullable(),
              choices: texts,
              valueIsOptional: z.boolean(),
              repeats: z.boolean(),
              meaning: z.string(),
            }),
          )
          .readonly(),
        examples: texts,
      }),
    )
    .readonly(),
  exitCodes: z.record(z.string(), z.int()),
}) satisfies z.ZodType<HelpData>;
