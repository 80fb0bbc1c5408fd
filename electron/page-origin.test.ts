import { describe, expect, test } from 'vitest';
import { isOurs, pageFile } from './page-origin.ts';

describe('our origin', () => {
  test.each([
    ['app://hushcal/index.html', true],
    ['app://hushcal/', true],
    ['app://hushcal:1/index.html', false],
    ['app://hushcal.evil.example/', false],
    ['app://other/index.html', false],
    ['https://hushcal/index.html', false],
    ['file:///index.html', false],
    ['data:text/html,x', false],
    ['about:blank', false],
    ['', false],
  ])('%s: %s', (address, ours) => {
    expect(isOurs(address)).toBe(ours);
  });
});

describe('the file behind an address', () => {
  test.each([
    ['app://hushcal/', '/pages/index.html'],
    ['app://hushcal/assets/a.js?x#y', '/pages/assets/a.js'],
    ['app://hushcal/../main/main.cjs', null],
    ['app://hushcal/../out.html', '/pages/out.html'],
    ['app://hushcal/%2e%2e/out.html', '/pages/out.html'],
    ['app://hushcal/..%2f..%2fout.html', null],
    ['app://hushcal/..%5c..%5cout.html', null],
    ['app://hushcal/a%00.html', null],
    ['app://hushcal/%zz.html', null],
    ['app://hushcal/secret.txt', null],
    ['app://hushcal/index', null],
    ['app://other/index.html', null],
  ])('%s is %s', (address, file) => {
    expect(pageFile(address, '/pages')).toBe(file);
  });
});
