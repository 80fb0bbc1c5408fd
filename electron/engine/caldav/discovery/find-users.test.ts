import { afterEach, describe, expect, it } from 'vitest';
import {
  fakeServer,
  login,
  multistatus,
  response,
  type FakeServer,
  type Heard,
  type Said,
} from '../objects/server.fixture.ts';
import { checkLogin, findUsers } from './find-users.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function serve(search: (heard: Heard) => Said): Promise<FakeServer> {
  const server = await fakeServer((heard) => {
    if (heard.method === 'REPORT') return search(heard);
    if (heard.body.includes('principal-collection-set')) {
      return multistatus(
        response(
          heard.path,
          '<D:principal-collection-set><D:href>/principals/users/</D:href></D:principal-collection-set>',
        ),
      );
    }
    return multistatus(
      response(heard.path, '<D:current-user-principal><D:href>/p/admin/</D:href></D:current-user-principal>'),
    );
  });
  open.push(server);
  return server;
}

const home = (path: string): string => `<C:calendar-home-set><D:href>${path}</D:href></C:calendar-home-set>`;
const BOB = response(
  '/principals/users/bob%40example.com/',
  `<D:displayname>Bob &amp; Co</D:displayname>${home('/cal/bob/')}`,
);

describe('a search for users', () => {
  it('asks the principal collection for each property, and gives each user once', async () => {
    const server = await serve(({ body }) =>
      multistatus(
        ...(body.includes('<D:displayname/></D:prop><D:match>') ? [BOB] : body.includes('S:email') ? [BOB] : []),
      ),
    );
    const found = await findUsers(login(server.origin), 'B<b>');
    expect(found).toEqual([
      { user: 'bob@example.com', name: 'Bob & Co', addresses: [], home: `${server.origin}/cal/bob/` },
    ]);
    const asked = server.heard.filter(({ method }) => method === 'REPORT');
    expect(asked.map(({ path, headers }) => [path, headers['depth']])).toEqual(
      Array(3).fill(['/principals/users/', '0']),
    );
    expect(asked[0]?.body).toContain('<D:match>B&lt;b></D:match>'.replace('b>', 'b&gt;'));
  });

  it('goes on where one property cannot be searched, and says so where none can', async () => {
    const some = await serve(({ body }) => (body.includes('S:email') ? multistatus(BOB) : { status: 403 }));
    expect(await findUsers(login(some.origin), 'bob')).toHaveLength(1);
    const none = await serve(() => ({ status: 501 }));
    await expect(findUsers(login(none.origin), 'bob')).rejects.toMatchObject({ failure: { code: 'SERVER_NO_SEARCH' } });
  });

  it('takes a home on another host for none: the login goes nowhere else', async () => {
    const server = await serve(() => multistatus(response('/principals/users/eve/', home('//evil.example/cal/'))));
    const [eve] = await findUsers(login(server.origin), 'eve');
    expect(eve?.home === null || eve?.home?.startsWith(server.origin)).toBe(true);
  });
});

it('who logs in is checked without calendars', async () => {
  const server = await serve(() => ({ status: 403 }));
  await expect(checkLogin(login(server.origin))).resolves.toBeUndefined();
  const closed = await fakeServer(() => ({ status: 401, headers: { 'www-authenticate': 'Basic realm="dav"' } }));
  open.push(closed);
  await expect(checkLogin(login(closed.origin))).rejects.toMatchObject({ failure: { code: 'SERVER_UNAUTHORIZED' } });
});
