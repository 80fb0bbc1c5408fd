import { describe, expect, it } from 'vitest';
import { parseMultistatus } from '../answers/multistatus.ts';
import { sharesOf, type Share } from './shares.ts';

function read(props: string): readonly Share[] {
  const [response] =
    parseMultistatus(
      '<D:multistatus xmlns:D="DAV:" xmlns:S="http://calendarserver.org/ns/" xmlns:O="http://owncloud.org/ns"><D:response>' +
        `<D:href>/cal/</D:href><D:propstat><D:prop><D:owner><D:href>/dav/principals/users/alice/</D:href></D:owner>${props}</D:prop>` +
        '<D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>',
    ) ?? [];
  return response === undefined ? [] : sharesOf(response);
}

const user = (prefix: string, who: string, access: string): string =>
  `<${prefix}:user><D:href>${who}</D:href><${prefix}:access><${prefix}:${access}/></${prefix}:access></${prefix}:user>`;

describe('with whom a calendar is shared', () => {
  it("by Nextcloud's own list, which names principals", () => {
    const bob = user('O', 'principal:principals/users/bob', 'read-write');
    const group = user('O', 'principal:principals/groups/staff', 'read');
    expect(read(`<O:invite>${bob}${group}</O:invite>`)).toEqual([
      { who: 'principal:principals/users/bob', write: true },
      { who: 'principal:principals/groups/staff', write: false },
    ]);
  });

  it('each once, where two lists name the same', () => {
    const apple = `<S:invite>${user('S', 'mailto:bob@example.com', 'read')}</S:invite>`;
    const dav =
      '<D:invite><D:sharee><D:href>mailto:Bob@example.com</D:href><D:share-access><D:read-write/></D:share-access></D:sharee></D:invite>';
    expect(read(apple + dav)).toEqual([{ who: 'mailto:bob@example.com', write: true }]);
  });

  it('not with its owner, by access or by name', () => {
    const owner =
      '<D:invite><D:sharee><D:href>mailto:alice@example.com</D:href><D:share-access><D:shared-owner/></D:share-access></D:sharee></D:invite>';
    expect(read(owner)).toEqual([]);
    expect(read(`<O:invite>${user('O', 'principal:principals/users/alice', 'read-write')}</O:invite>`)).toEqual([]);
  });
});
