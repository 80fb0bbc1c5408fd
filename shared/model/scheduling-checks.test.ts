import { describe, expect, it } from 'vitest';
import { HushError } from './failure.ts';
import { checkAddress, checkMode } from './scheduling-checks.ts';

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof HushError) return error.failure.code;
    throw error;
  }
  return 'none';
}

describe('checkMode', () => {
  it.each(['all', 'none', 'internal-only', 'external-only', 'X-quiet'])('takes %s', (mode) => {
    expect(checkMode(mode)).toBe(mode);
  });

  it.each([
    ['empty', ''],
    ['unknown', 'silent'],
    ['upper case', 'NONE'],
    ['a space', 'none '],
    ['a list', 'none, all'],
    ['a parameter', 'none;q=1'],
    ['a second header', 'none\r\nX-Evil: 1'],
    ['a line feed', 'none\n'],
    ['a NUL', 'none\u0000'],
    ['an extension without a name', 'X-'],
    ['an extension with a space', 'X-a b'],
    ['an endless extension', `X-${'a'.repeat(80)}`],
  ])('refuses %s', (_what, text) => {
    expect(codeOf(() => checkMode(text))).toBe('MODE_UNKNOWN');
  });

  it('says what can be chosen, on one line', () => {
    expect(() => checkMode('quiet\r\nplease')).toThrow(
      '"quiet please" does not say who is notified. Choose one of none, internal-only, external-only, all.',
    );
  });
});

describe('checkAddress', () => {
  it.each([
    ['anna@example.com', 'mailto:anna@example.com'],
    ['mailto:anna@example.com', 'mailto:anna@example.com'],
    ['MAILTO:Anna@Example.com', 'MAILTO:Anna@Example.com'],
    ['  mailto:anna@example.com ', 'mailto:anna@example.com'],
    ['mailto:anna+tag@xn--mnchen-3ya.example', 'mailto:anna+tag@xn--mnchen-3ya.example'],
    ['urn:uuid:5f2e-77', 'urn:uuid:5f2e-77'],
    ['/dav/principals/anna/', '/dav/principals/anna/'],
    ['https://dav.example.com/principals/anna/', 'https://dav.example.com/principals/anna/'],
  ])('takes %s', (text, address) => {
    expect(checkAddress(text)).toBe(address);
  });

  it.each([
    ['nothing', ''],
    ['a name without a domain', 'anna'],
    ['a second header', 'mailto:anna@example.com\r\nScheduling: all'],
    ['a bare CR', 'mailto:anna@example.com\r'],
    ['a bare LF', 'mailto:anna@example.com\n'],
    ['a NUL', 'mailto:anna\u0000@example.com'],
    ['a next-line character', 'mailto:anna@example.com\u0085x'],
    ['a line separator', 'mailto:anna@example.com\u2028x'],
    ['a space inside', 'mailto:anna smith@example.com'],
    ['a tab', 'mailto:anna@example.com\tx'],
    ['two addresses', 'mailto:anna@example.com,mailto:eve@example.com'],
    ['two addresses by semicolon', 'mailto:anna@example.com;mailto:eve@example.com'],
    ['a display name', 'Anna <anna@example.com>'],
    ['a quote', 'mailto:"anna"@example.com'],
    ['mail headers', 'mailto:anna@example.com?bcc=eve@example.com'],
    ['two at signs', 'mailto:anna@example.com@evil.test'],
    ['no user', 'mailto:@example.com'],
    ['letters beyond ASCII', 'mailto:ännä@example.com'],
    ['a script', 'javascript:alert(1)'],
    ['a file', 'file:///etc/passwd'],
    ['another host in disguise', '//evil.test/x'],
    ['a login in the address', 'https://user:secret@example.com/'],
    ['too long', `mailto:${'a'.repeat(600)}@example.com`],
  ])('refuses %s', (_what, text) => {
    expect(codeOf(() => checkAddress(text))).toBe('ADDRESS_INVALID');
  });

  it('never repeats control characters to a person', () => {
    expect(() => checkAddress('mailto:a@b.test\r\nX: y')).toThrow(/^The address "mailto:a@b.test X: y" has spaces/);
  });
});
