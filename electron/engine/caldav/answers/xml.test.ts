import { describe, expect, it } from 'vitest';
import { childOf, DAV, escapeXml, parseXml, parsingXml, XmlReader } from './xml.ts';

const text = (inner: string): string | undefined => parseXml(`<?xml version="1.0"?><a>${inner}</a>`)?.text;

describe('text is kept exactly', () => {
  it.each([
    ['spaces at both ends', '  a  ', '  a  '],
    ['a number', '2025', '2025'],
    ['an exponent', '1e5', '1e5'],
    ['a truth', 'true', 'true'],
    ['trailing zeros', '1.10', '1.10'],
    ['line breaks', 'a\nb\n', 'a\nb\n'],
    ['CR by reference', 'a&#13;\nb', 'a\r\nb'],
    ['CR by hexadecimal reference', 'a&#xD;\nb', 'a\r\nb'],
    ['the five', '&lt;&gt;&amp;&quot;&apos;', '<>&"\''],
    ['an escaped reference, once', '&amp;#13;&amp;lt;', '&#13;&lt;'],
    ['a character beyond the first plane', '&#128197;', '📅'],
    ['CDATA', '<![CDATA[<a> &amp; ]]>', '<a> &amp; '],
    ['text around CDATA', ' x <![CDATA[&]]> y ', ' x & y '],
    ['an unknown entity', '&nbsp;', '&nbsp;'],
    ['an impossible reference', '&#9999999;', '&#9999999;'],
  ])('%s', (_what, inner, expected) => {
    expect(text(inner)).toBe(expected);
  });

  it('escapes so that it reads the same', () => {
    expect(text(escapeXml('<a href="x">&amp;</a>'))).toBe('<a href="x">&amp;</a>');
  });

  it('expands no entities of a document type', () => {
    const bomb = '<!DOCTYPE a [<!ENTITY x "yyyyyyyyyy">]><a>&x;</a>';
    expect(parseXml(bomb)?.text ?? '').not.toContain('yyyy');
  });

  it('reads a stray ampersand and a control character as they came', () => {
    expect(text('no &here; \u0001')).toBe('no &here; \u0001');
  });
});

describe('names', () => {
  it.each([
    ['a prefix', '<D:a xmlns:D="DAV:"><D:b>x</D:b></D:a>'],
    ['another prefix', '<x:a xmlns:x="DAV:"><x:b>x</x:b></x:a>'],
    ['the default namespace', '<a xmlns="DAV:"><b>x</b></a>'],
    ['a prefix declared inside', '<a><y:b xmlns:y="DAV:">x</y:b></a>'],
    ['a prefix declared anew', '<p:a xmlns:p="other"><p:b xmlns:p="DAV:">x</p:b></p:a>'],
  ])('%s', (_what, document) => {
    expect(childOf(parseXml(document), DAV, 'b')?.text).toBe('x');
  });

  it('tells equal names of different namespaces apart', () => {
    expect(childOf(parseXml('<a xmlns:o="other"><o:b>x</o:b></a>'), DAV, 'b')).toBeNull();
  });
});

describe('what is not well-formed is nothing', () => {
  it.each([
    ['empty', ''],
    ['plain text', 'Internal Server Error'],
    ['cut in a tag', '<a><b'],
    ['cut in a text', '<a><b>x'],
    ['a wrong end', '<a><b>x</a>'],
    ['two roots', '<a/><b/>'],
    ['a web page', '<html><body><p>Hello<br></body></html>'],
    ['JSON', '{"error":"<no>"}'],
  ])('%s', (_what, document) => {
    expect(parseXml(document)).toBeNull();
  });
});

it('reads a long document portion by portion, wherever one ends', () => {
  const items = Array.from(
    { length: 6000 },
    (_, n) => `<b n="${String(n)}">Größe &amp; 📅\r\n ${'x'.repeat(n % 7)}</b>`,
  );
  const work = parsingXml(`<a>${items.join('')}</a>`);
  let portions = 0;
  let step = work.next();
  for (; step.done !== true; step = work.next()) portions += 1;
  expect(portions).toBeGreaterThan(3);
  const found = step.value?.children ?? [];
  expect(found.map(({ text: one }) => one)).toEqual(items.map((_, n) => `Größe & 📅\n ${'x'.repeat(n % 7)}`));
});

describe('what no honest answer has', () => {
  const nested = (depth: number): string => '<a>'.repeat(depth) + '</a>'.repeat(depth);

  it('elements inside each other: two hundred, and no more', () => {
    expect(parseXml(nested(200))).not.toBeNull();
    expect(parseXml(nested(201))).toBeNull();
    expect(parseXml(nested(300_000))).toBeNull();
  });

  it.each([
    ['elements', `<a>${'<b/>'.repeat(260_000)}</a>`],
    ['attributes', `<a ${Array.from({ length: 1100 }, (_, at) => `a${String(at)}=""`).join(' ')}/>`],
    ['declared namespaces', `<a ${Array.from({ length: 1100 }, (_, at) => `xmlns:a${String(at)}="u"`).join(' ')}/>`],
  ])('too many %s', (_what, document) => {
    expect(parseXml(document)).toBeNull();
  });

  it.each(['<!--', '<a b="', '<!DOCTYPE a ['])('%s without an end', (begin) => {
    const reader = new XmlReader();
    const part = 'x'.repeat(1024 * 1024);
    reader.write(begin);
    for (let nth = 0; nth < 40; nth += 1) reader.write(part);
    expect(reader.end()).toBeNull();
  });

  it.each(['<!--x - ', '<a>&amp;', '<a b="&amp;', '<![CDATA[x]x', '<?x ?'])('%s, over and over', (begin) => {
    const reader = new XmlReader();
    reader.write(begin);
    for (let nth = 0; nth < 60; nth += 1)
      reader.write(begin.replace(/^<(?:!--|a>|a b="|!\[CDATA\[|\?x )/, '').repeat(10_000));
    expect(reader.end()).toBeNull();
  });

  it('responses of a list are taken one by one, however many there are', () => {
    let taken = 0;
    const reader = new XmlReader(() => {
      taken += 1;
      return true;
    });
    reader.write('<a>');
    for (let nth = 0; nth < 300; nth += 1) reader.write('<b><c/></b>'.repeat(1000));
    reader.write('</a>');
    expect(reader.end()).not.toBeNull();
    expect(taken).toBe(300_000);
  });

  it('what is taken and kept whole counts all together', () => {
    const reader = new XmlReader(() => true, true);
    reader.write('<a>');
    for (let nth = 0; nth < 300; nth += 1) reader.write('<b><c/></b>'.repeat(1000));
    reader.write('</a>');
    expect(reader.end()).toBeNull();
  });
});
