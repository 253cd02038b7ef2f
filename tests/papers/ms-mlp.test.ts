/** The figures of MS-MLP's page against what is known of them. */
import { expect, test } from 'vitest';
import { published, sizeOf, stagesOf } from '../../content/papers/ms-mlp/sizes';

test('the published networks have the parameters of the released configurations', () => {
  expect(published.map((network) => sizeOf(network).parameters)).toEqual([28_656_232, 50_303_752, 88_696_792]);
});

test('and the multiply-adds', () => {
  expect(published.map((network) => (sizeOf(network).macs / 1e9).toFixed(2))).toEqual(['4.44', '8.67', '15.33']);
});

test('mixing is 3.9 % of the multiply-adds of a block of the first stage, and less in the last', () => {
  const shares = stagesOf({ channels: 96 }).map(({ mixing, channel }) => mixing.macs / (mixing.macs + channel.macs));
  expect(shares[0]).toBeCloseTo(3008 / 76_736, 12);
  expect(shares.at(-1)).toBeLessThan(shares[0] as number);
});
