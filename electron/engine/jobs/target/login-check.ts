import { HushError } from '../../../../shared/model/failure.ts';
import type { CollectionProperties, Connection } from '../../caldav/types.ts';

/**
 * `Authorize-As` makes an administrator the owner of the calendar. A server that does not know the header ignores it,
 * and the administrator would act as himself.
 *
 * @throws HushError `WAY_IGNORED`
 */
export function checkWay({ authorizeAs }: Connection, { isOwner, info }: CollectionProperties): void {
  if (authorizeAs === undefined || isOwner === true) return;
  throw new HushError({
    code: 'WAY_IGNORED',
    message:
      `The server does not take you for ${authorizeAs}, or ${info.url} is the calendar of somebody else, ` +
      'so nothing was written. Check whose calendar it is, or use another way than Authorize-As.',
    reaction: 'fix-input',
  });
}
