/** The published sizes, counted from their settings, against counts made by hand elsewhere. */
import { expect, test } from 'vitest';
import { type Network, networks, sizeOf } from '../../content/papers/raft-mlp/sizes';

const named = (name: string) => networks.find((network) => network.name === name) as Network;

test.each([
  ['RaftMLP-S', 9_868_768, 2.09],
  ['RaftMLP-M', 21_413_632, 4.27],
  ['RaftMLP-L', 36_184_672, 6.54],
  ['One level, r = 1', 58_105_432, 11.42],
  ['One level, r = 2', 58_162_888, 11.62],
  ['One level, r = 4', 58_390_696, 12.02],
  ['Mixer of the authors’ code', 59_918_200, 12.63],
  ['Mixer-B/16', 59_880_472, 12.6],
])('%s has %i weights and %d billion multiply-adds', (name, weights, billions) => {
  const size = sizeOf(named(name));
  expect(size.weights).toBe(weights);
  expect(size.macs / 1e9).toBeCloseTo(billions, 2);
});

test('token mixing is a small part of all weights: 155,788 a block in Mixer, 28,496 in a raft of 4', () => {
  expect(sizeOf(named('Mixer of the authors’ code')).mixing / 12).toBe(155_788);
  expect(sizeOf(named('One level, r = 4')).mixing / 12).toBe(28_496);
});

test('L with 256 channels in its second level would be larger', () => {
  const { name, levels } = named('RaftMLP-L');
  const wider = levels.map((level, i) => (i === 1 ? { ...level, channels: 256 } : level));
  expect(sizeOf({ name, levels: wider }).weights / 1e6).toBeCloseTo(37.46, 2);
});
