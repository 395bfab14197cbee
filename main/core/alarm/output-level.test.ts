import { expect, test } from 'vitest';
import { type Pactl, readOutputLevel } from './output-level.ts';

/** As pactl 16 writes them. */
const VOLUME = `Volume: front-left: 32768 /  50% / -18.06 dB,   front-right: 19661 /  30% / -31.37 dB
        balance -0.40
`;
const answering = (volume: string | null, mute: string | null): Pactl => {
  return ([word]) => Promise.resolve(word === 'get-sink-volume' ? volume : mute);
};

test('the softest channel counts, and mute is told', async () => {
  expect(await readOutputLevel(answering(VOLUME, 'Mute: no\n'))).toEqual({ isMuted: false, percent: 30 });
  expect(await readOutputLevel(answering(VOLUME, 'Mute: yes\n'))).toEqual({ isMuted: true, percent: 30 });
  expect(await readOutputLevel(answering(VOLUME, null))).toEqual({ isMuted: false, percent: 30 });
});

test('where nothing tells it, nothing is made up', async () => {
  expect(await readOutputLevel(answering(null, 'Mute: yes\n'))).toBeNull();
  expect(
    await readOutputLevel(answering('Failed to get sink information: No such entity\n', null)),
  ).toBeNull();
});
