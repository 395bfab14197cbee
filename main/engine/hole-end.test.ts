import { describe, expect, it } from 'vitest';
import { holeEnd, repeatsItself } from './hole-end.ts';

describe('holeEnd', () => {
  it.each([
    [' the patient is breathing', null],
    [' breathing is fast. More', { text: ' breathing is fast.', ended: 'sentence' }],
    [' साँस तेज़ है। और', { text: ' साँस तेज़ है।', ended: 'sentence' }],
    [' breathing is fast\nNext', { text: ' breathing is fast', ended: 'sentence' }],
    ['\n', { text: '', ended: 'sentence' }],
    [' a rate of 26', { text: ' a rate of', ended: 'length' }],
    [' a rate of २६', { text: ' a rate of', ended: 'length' }],
  ])('%j', (text, expected) => expect(holeEnd(text)).toEqual(expected));

  it('cuts a text that goes round', () => {
    expect(repeatsItself('it is fast and it is fast and it is fast and')).toBe(true);
    expect(repeatsItself('it is fast and it is high and it is up')).toBe(false);
    expect(holeEnd(' it is fast and it is fast and it is fast')).toMatchObject({ ended: 'length' });
  });
});
