import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { redraw } from '#charts/redraw';
import { renderChart } from '#charts/static';
import { chartOptions } from '#charts/theme';
import type { Chart, Shown } from '#lab/experiment';
import { recordedRun } from '#lab/results';
import { distinctExperiments, framesOf } from './every';

const { document, HTMLElement } = parseHTML('<!doctype html><html><body></body></html>');
// What morphdom asks of its surroundings.
vi.stubGlobal('HTMLElement', HTMLElement);

/** An element as plain data. The order of attributes is no part of a look; the names of clip paths and markers are made up. */
function lookOf(element: Element): unknown {
  const names: string[] = [];
  const renumbered = (text: string) =>
    text.replace(/plot-[a-z]+-\d+/g, (name) => {
      if (!names.includes(name)) names.push(name);
      return `name ${names.indexOf(name)}`;
    });
  const plain = (node: Node): unknown =>
    node.nodeType === 3
      ? node.nodeValue
      : {
          tag: node.nodeName,
          attributes: Object.fromEntries(
            [...(node as Element).attributes]
              // linkedom writes an empty style where Plot only looked at it.
              .filter(({ name, value }) => name !== 'style' || value !== '')
              .map(({ name, value }) => [name, renumbered(value)]),
          ),
          children: [...node.childNodes].map(plain),
        };
  return plain(element);
}

describe.each(distinctExperiments)('$id', ({ id, experiment }) => {
  /** What a host shows one after the other: runs come, move on, lie above each other and go. */
  let scenes: readonly Shown<unknown>[][];

  beforeAll(async () => {
    const recorded = { label: 'recorded', frame: (await recordedRun(id)).frame };
    const [start, later] = (await framesOf(experiment)).map((frame) => ({ label: 'now', frame })) as [
      Shown<unknown>,
      Shown<unknown>,
    ];
    scenes = [[recorded], [start], [later], [later, recorded], [recorded], [start]];
  });

  test.each(Object.entries(experiment.charts) as [string, Chart<unknown>][])(
    'chart %s, brought up to date in place, is what a fresh picture would be',
    (_, chart) => {
      const host = document.createElement('div');
      host.innerHTML = renderChart(chart.plot(scenes[0] as Shown<unknown>[], { width: 360 }), 'static');
      for (const scene of scenes) {
        const fresh = document.createElement('div');
        redraw(host, chart.plot(scene, { width: 400 }), document);
        redraw(fresh, chart.plot(scene, { width: 400 }), document);
        expect(lookOf(host)).toEqual(lookOf(fresh));
      }
    },
  );
});

test('what did not change stays: the axes of a line that moved are the elements that they were', () => {
  const host = document.createElement('div');
  const line = (values: number[]) => chartOptions(400, 200, [Plot.lineY(values)], { y: { domain: [0, 5] } });
  redraw(host, line([1, 2, 4]), document);
  const before = [...host.querySelectorAll('*')];
  const path = () => host.querySelector('[aria-label=line] path')?.getAttribute('d');
  const d = path();
  redraw(host, line([4, 2, 1]), document);
  expect([...host.querySelectorAll('*')].every((element, i) => element === before[i])).toBe(true);
  expect(path()).not.toBe(d);
});
