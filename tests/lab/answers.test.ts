import { describe, expect, test } from 'vitest';
import { checkChoice, checkNumber, readNumbers } from '#lab/answers';
import { type Goal, goalText, reached } from '#lab/goal';

describe('numbers as readers write them', () => {
  test.each([
    ['0.5', [0.5]],
    [' .5 ', [0.5]],
    ['5.', [5]],
    ['1/2', [0.5]],
    ['1 / 2', [0.5]],
    ['-1/2', [-0.5]],
    ['−0.5', [-0.5]],
    ['5e-1', [0.5]],
    ['5E-1', [0.5]],
    ['0,5', [0.5]],
    ['0,500', [0.5]],
    ['1,500', [1.5, 1500]],
    ['196,608', [196.608, 196608]],
    ['196 608', [196608]],
    ['1,234,567.5', [1234567.5]],
    ['+3', [3]],
  ])('%j is %j', (text, read) => {
    expect(readNumbers(text)).toEqual(read);
  });

  test.each([
    '',
    'abc',
    '1/0',
    '1/2/3',
    '1..2',
    '0.5x',
    'e5',
    '1 2',
    '--1',
    'NaN',
    'Infinity',
    '1e999',
    '0x10',
    '1,2,3',
  ])('%j is none', (text) => {
    expect(readNumbers(text)).toEqual([]);
  });

  test('a unit may stand behind, if it is the right one', () => {
    expect(readNumbers('0.4 dB', 'dB')).toEqual([0.4]);
    expect(readNumbers('0.4dB', 'dB')).toEqual([0.4]);
    expect(readNumbers('0.4 m', 'dB')).toEqual([]);
  });
});

describe('a number', () => {
  const answer = { number: 0.43, tolerance: 0.02, unit: 'dB' };
  const says = (text: string, of: Parameters<typeof checkNumber>[0] = answer) => checkNumber(of, text);

  test.each(['0.43', '0.41', '0.45', ',43 dB', '43/100'])('%j is right', (text) => {
    expect(says(text)).toEqual({ right: true, message: 'Right.' });
  });

  test.each([
    [
      '',
      'There is nothing to check yet. Accepted is a number such as 0.5, .5, 1/2 or 5e-1; a comma may stand for the point, and “dB” may stand behind it.',
    ],
    [
      'much',
      '“much” is not a number. Accepted is a number such as 0.5, .5, 1/2 or 5e-1; a comma may stand for the point, and “dB” may stand behind it.',
    ],
    ['0.46', 'Close, but not there. An answer counts within ± 0.02 dB.'],
    ['0.40', 'Close, but not there. An answer counts within ± 0.02 dB.'],
    ['-0.43', 'The size is right; look at the sign.'],
    ['4.3', 'The digits fit; count the powers of ten again.'],
    ['7', 'That is not it. An answer counts within ± 0.02 dB.'],
    ['0', 'That is not it. An answer counts within ± 0.02 dB.'],
  ])('%j is wrong', (text, message) => {
    expect(says(text)).toEqual({ right: false, message });
  });

  test('exact ones have to be met exactly, and no message tells a number or a side', () => {
    const exact = { number: 196608, tolerance: 0 };
    expect(says('196,608', exact).right).toBe(true);
    expect(says('196609', exact)).toEqual({
      right: false,
      message: 'Close, but not there. Only the exact number counts.',
    });
    for (const text of ['196607', '1', '-196608', '1966080', ''])
      expect(says(text, exact).message).not.toMatch(/196|small|large|high|low/);
  });

  test('zero can be the answer', () => {
    expect(says('0', { number: 0, tolerance: 0 }).right).toBe(true);
    expect(says('1', { number: 0, tolerance: 0 })).toEqual({
      right: false,
      message: 'That is not it. Only the exact number counts.',
    });
  });
});

test('a choice is right, wrong with a reason, or missing', () => {
  const answer = {
    choices: [
      { text: 'a', because: 'No, since x.' },
      { text: 'b', because: 'Since y.', right: true as const },
    ],
  };
  expect(checkChoice(answer, 1)).toEqual({ right: true, message: 'Right. Since y.' });
  expect(checkChoice(answer, 0)).toEqual({ right: false, message: 'Not that one. No, since x.' });
  for (const none of [null, 7])
    expect(checkChoice(answer, none)).toEqual({
      right: false,
      message: 'There is nothing to check yet. Choose one of the answers.',
    });
});

describe('a goal', () => {
  const goal: Goal = {
    of: 'a/b',
    summary: 'psnr',
    what: 'PSNR',
    atLeast: 28,
    atMost: 40,
    where: { photo: 'boats', list: [1, 2] },
  };
  const ran = { id: 'a/b', params: { photo: 'boats', list: [1, 2], seed: 1 }, step: 5, end: 10, summary: { psnr: 28 } };

  test('is reached at its bound', () => {
    expect(reached(goal, ran)).toBe(true);
    expect(reached(goal, { ...ran, step: 0, end: 0 }), 'a calculator has no steps').toBe(true);
  });

  test.each([
    ['another experiment', { id: 'a/c' }],
    ['the initial state', { step: 0 }],
    ['too little', { summary: { psnr: 27.999 } }],
    ['too much', { summary: { psnr: 40.1 } }],
    ['nothing yet', { summary: { psnr: null } }],
    ['no such figure', { summary: {} }],
    ['not a number', { summary: { psnr: Number.NaN } }],
    ['another parameter', { params: { ...ran.params, photo: 'alps' } }],
    ['another list', { params: { ...ran.params, list: [1, 3] } }],
  ])('is not reached by %s', (_, change) => {
    expect(reached(goal, { ...ran, ...change })).toBe(false);
  });

  test('is said in words', () => {
    expect(goalText(goal)).toBe('PSNR at least 28 and at most 40');
    expect(goalText({ ...goal, atLeast: undefined })).toBe('PSNR at most 40');
    expect(goalText({ ...goal, atLeast: undefined, atMost: -0.5 })).toBe('PSNR at most −0.5');
  });
});
