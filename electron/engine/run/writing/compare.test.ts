import { describe, expect, it } from 'vitest';
import { event } from '../../jobs/testing/world.ts';
import { meaningOf } from '../../icalendar/meaning/meaning.ts';
import { compareTexts } from './compare.ts';

const sent = event('a', ['SUMMARY:Planning', 'RRULE:FREQ=DAILY;INTERVAL=1;COUNT=3', 'PRIORITY:05']);
const compare = (stored: string) => compareTexts(stored, sent, meaningOf(sent));

describe('reading back', () => {
  it('is the same whatever the line ends', () => {
    expect(compare(sent)).toEqual({ verdict: 'same', properties: [] });
    expect(compare(sent.replace(/\r\n/g, '\n').trimEnd())).toEqual({ verdict: 'same', properties: [] });
  });

  it('is re-written when the words differ and the meaning does not, and says where', () => {
    const stored = sent.replace('INTERVAL=1;', '').replace('PRIORITY:05', 'PRIORITY:5');
    expect(compare(stored)).toEqual({ verdict: 'rewritten', properties: ['PRIORITY', 'RRULE'] });
    const refolded = sent.replace('SUMMARY:Planning', 'SUMM\r\n ARY:Planning');
    expect(compare(refolded)).toEqual({ verdict: 'rewritten', properties: [] });
  });

  it('is changed when anything is lost, added or altered, and says what', () => {
    expect(compare(sent.replace('SUMMARY:Planning\r\n', ''))).toEqual({ verdict: 'changed', properties: ['SUMMARY'] });
    expect(compare(sent.replace('COUNT=3', 'COUNT=4'))).toEqual({ verdict: 'changed', properties: ['RRULE'] });
    expect(compare(sent.replace('END:VEVENT', 'LOCATION:Here\r\nEND:VEVENT')).verdict).toBe('changed');
    expect(compare('nonsense').verdict).toBe('changed');
  });
});
