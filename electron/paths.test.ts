import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultRunsDir, userDataDir } from './paths.ts';

describe('where the data is', () => {
  test('is where Electron puts userData on each system', () => {
    expect(userDataDir({ HOME: '/home/a' }, 'linux')).toBe('/home/a/.config/Hushcal');
    expect(userDataDir({ HOME: '/home/a', XDG_CONFIG_HOME: '/conf' }, 'linux')).toBe('/conf/Hushcal');
    expect(userDataDir({ HOME: '/home/a', XDG_CONFIG_HOME: '' }, 'linux')).toBe('/home/a/.config/Hushcal');
    expect(userDataDir({ HOME: '/Users/a' }, 'darwin')).toBe('/Users/a/Library/Application Support/Hushcal');
    expect(userDataDir({ APPDATA: '/Roaming' }, 'win32')).toBe(join('/Roaming', 'Hushcal'));
  });

  test('another folder can be named, and the runs are in it', () => {
    expect(defaultRunsDir({ HUSHCAL_USER_DATA: '/elsewhere', HOME: '/home/a' }, 'linux')).toBe('/elsewhere/runs');
    expect(defaultRunsDir({ HUSHCAL_USER_DATA: '', HOME: '/home/a' }, 'linux')).toBe('/home/a/.config/Hushcal/runs');
  });
});
