import { describe, expect, test } from 'vitest';
import { parseChallenges } from '../challenges.ts';
import { bestDigest, digestAuthorization, secretOf } from './digest.ts';

/** RFC 7616 §3.9.1. */
const RFC = [
  'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=SHA-256, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"',
  'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=MD5, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"',
];
const CNONCE = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ';

function answered(lines: readonly string[], user = 'Mufasa'): string {
  const challenge = bestDigest(parseChallenges(lines));
  if (challenge === null) throw new Error('no challenge');
  const secret = secretOf(challenge, user, 'Circle of Life');
  return digestAuthorization(challenge, {
    user,
    secret,
    method: 'GET',
    uri: '/dir/index.html',
    count: 1,
    cnonce: CNONCE,
  });
}

describe('the example of RFC 7616 §3.9.1', () => {
  test('with SHA-256, which is taken although MD5 is offered too', () => {
    expect(answered([...RFC].reverse())).toBe(
      'Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", algorithm=SHA-256, ' +
        'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", nc=00000001, ' +
        `cnonce="${CNONCE}", qop=auth, ` +
        'response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1", ' +
        'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"',
    );
  });
  test('with MD5', () => {
    expect(answered(RFC.slice(1))).toContain('response="8ca523f5e9506fed4657c9700eebdbec"');
  });
});

test('several challenges of one line are told apart', () => {
  const line = 'Negotiate YIIabc==, Basic realm="a, b=\\"c\\"", charset="UTF-8", Digest realm=x, nonce="n", qop=auth';
  expect(parseChallenges(line)).toEqual([
    { scheme: 'negotiate', parameters: {} },
    { scheme: 'basic', parameters: { realm: 'a, b="c"', charset: 'UTF-8' } },
    { scheme: 'digest', parameters: { realm: 'x', nonce: 'n', qop: 'auth' } },
  ]);
  expect(parseChallenges('Negotiate, Bearer realm="r"').map(({ scheme }) => scheme)).toEqual(['negotiate', 'bearer']);
  expect(parseChallenges(['Basic realm="r"', 'Bearer'])).toHaveLength(2);
});

test.each([
  ['no qop', 'Digest realm="r", nonce="n"'],
  ['only auth-int', 'Digest realm="r", nonce="n", qop="auth-int"'],
  ['an algorithm that we do not speak', 'Digest realm="r", nonce="n", qop="auth", algorithm=SHA-512-256'],
  ['no nonce', 'Digest realm="r", qop="auth"'],
  ['another scheme', 'Basic realm="r"'],
])('a challenge with %s is not answered', (_what, line) => {
  expect(bestDigest(parseChallenges(line))).toBeNull();
});

test('a name with other letters goes in the form that says its encoding', () => {
  expect(answered(RFC, 'Jäsøn Doe')).toContain("username*=UTF-8''J%C3%A4s%C3%B8n%20Doe, realm=");
  expect(answered(RFC, 'a"b\\c')).toContain('username="a\\"b\\\\c"');
});
