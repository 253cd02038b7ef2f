import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { papersByTheme } from '#lab/bibliography';
import paths from '../../content/paths.json';
import { drawCourse, wrap } from '../../src/course/drawing';
import { type CoursePaper, courseGraph } from '../../src/course/graph';
import { pathFaults, pathSchema } from '../../src/course/paths';

const paper = (slug: string, change: Partial<CoursePaper> = {}): CoursePaper => ({
  slug,
  name: slug,
  theme: 'T',
  written: true,
  prerequisites: [],
  requires: [],
  ...change,
});

test('the graph has an edge for each thing to know, each paper required, and each theme', () => {
  const graph = courseGraph([
    paper('a', { prerequisites: ['x', 'y'] }),
    paper('b', { prerequisites: ['y'], requires: ['a'], written: false }),
  ]);
  expect(graph.nodes.map(({ id }) => id)).toEqual(['topic:x', 'topic:y', 'paper:a', 'paper:b', 'theme:T']);
  expect(graph.nodes.map(({ written }) => written)).toEqual([true, true, true, false, true]);
  expect(graph.edges).toEqual([
    ['topic:x', 'paper:a'],
    ['topic:y', 'paper:a'],
    ['paper:a', 'theme:T'],
    ['topic:y', 'paper:b'],
    ['paper:a', 'paper:b'],
    ['paper:b', 'theme:T'],
  ]);
});

test('papers that require one another, or one that is not there, are refused', () => {
  const circle = [paper('a', { requires: ['b'] }), paper('b', { requires: ['c'] }), paper('c', { requires: ['a'] })];
  expect(() => courseGraph(circle)).toThrow('Papers require one another: a → b → c → a.');
  expect(() => courseGraph([paper('a', { requires: ['z'] })])).toThrow(
    'a requires "z", which is no paper of this site.',
  );
});

test('the drawing lets no boxes overlap, and every edge goes to the right', () => {
  const graph = courseGraph([paper('a', { prerequisites: ['x', 'y'] }), paper('b', { requires: ['a'] }), paper('c')]);
  const { boxes, curves, width, height } = drawCourse(graph);
  expect(curves).toHaveLength(graph.edges.length);
  for (const p of boxes) {
    expect(p.x).toBeGreaterThanOrEqual(0);
    expect(p.x + p.width).toBeLessThanOrEqual(width);
    expect(p.y + p.height).toBeLessThanOrEqual(height + 1);
    for (const q of boxes)
      if (p.id !== q.id) {
        const apart = p.x + p.width <= q.x || q.x + q.width <= p.x || p.y + p.height <= q.y || q.y + q.height <= p.y;
        expect(apart, `${p.id}, ${q.id}`).toBe(true);
      }
  }
  // Planned papers stand among the others, though they need nothing yet.
  const x = (id: string) => boxes.find((box) => box.id === id)?.x ?? Number.NaN;
  for (const [from, to] of graph.edges) expect(x(from), `${from} to ${to}`).toBeLessThan(x(to));
  expect(x('paper:c')).toBe(x('paper:a'));
  expect(wrap('queries, keys and values in attention')).toEqual(['queries, keys and values in', 'attention']);
  expect(wrap('One Step of Gradient Descent is Provably the Optimal In-Context Learner')).toEqual([
    'One Step of Gradient Descent',
    'is Provably the Optimal …',
  ]);
});

/** What each page needs, read from the front of the papers. */
function needs(): Map<string, string[]> {
  const guides = readdirSync('content/guides').map((file) => [`guides/${file.replace('.mdx', '')}`, []] as const);
  const papers = papersByTheme().flatMap((theme) =>
    theme.papers.map(({ key }) => {
      const file = `content/papers/${key}/index.mdx`;
      const front = existsSync(file) ? (readFileSync(file, 'utf8').split('---')[1] ?? '') : '';
      const list = /^requires:\n((?: {2}- .*\n)*)/m.exec(front)?.[1] ?? '';
      return [key, [...list.matchAll(/- (.*)/g)].map(([, slug]) => slug as string)] as const;
    }),
  );
  return new Map<string, string[]>([
    ...guides.map(([id]) => [id, []] as [string, string[]]),
    ...papers.map(([id, list]) => [id, list] as [string, string[]]),
  ]);
}

test('there are five reading paths, and nothing is wrong with them', () => {
  expect(paths).toHaveLength(5);
  const known = needs();
  for (const path of paths) expect(pathFaults(pathSchema.parse(path), known)).toEqual([]);
});

test('a path with an unknown page, one that comes twice, one too early, or too few is refused', () => {
  const known = new Map([
    ['a', []],
    ['b', ['a']],
    ['c', []],
    ['d', []],
  ]);
  const path = (...pages: string[]) => ({ id: 'p', title: 't', about: 'x', pages });
  expect(pathFaults(path('a', 'b', 'c', 'd'), known)).toEqual([]);
  expect(pathFaults(path('a', 'b', 'z', 'd'), known)).toEqual([
    'p: "z" is neither a guide nor a paper of the bibliography.',
  ]);
  expect(pathFaults(path('b', 'a', 'c', 'd'), known)).toEqual(['p: b needs a, which does not come before it.']);
  expect(pathFaults(path('a', 'b', 'c', 'c'), known)).toEqual(['p: c comes twice.']);
  expect(pathSchema.safeParse(path('a', 'b', 'c')).success).toBe(false);
  expect(pathSchema.safeParse(path('a', 'b', 'c', 'd', 'e', 'f', 'g')).success).toBe(false);
});
