/** Places the nodes of the course graph, at build, with dagre. */
import { Graph, layout } from '@dagrejs/dagre';
import type { CourseGraph, CourseNode } from './graph';

const WIDTH = 220;
const LINE = 15;
const MARGIN = 4;
/** In a line, and lines in a box. */
const LETTERS = 29;
/** A node that is not drawn: what needs nothing hangs on it, so that topics and papers have columns of their own. */
const START = 'start';
const LINES = 2;

export interface Box extends CourseNode {
  /** Upper left corner. */
  x: number;
  y: number;
  width: number;
  height: number;
  lines: string[];
}

export interface Drawing {
  width: number;
  height: number;
  boxes: Box[];
  /** Path data, one per edge, in their order. */
  curves: string[];
}

/** Breaks at spaces, so that no line is longer than a box is wide; of a long title the first lines stay. */
export function wrap(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.pop();
    if (last === undefined) lines.push(word);
    else if (last.length + word.length < LETTERS) lines.push(`${last} ${word}`);
    else if (lines.length === LINES - 1) return [...lines, `${last} …`];
    else lines.push(last, word);
  }
  return lines;
}

/** A curve from the right side of one box to the left side of another. */
function curve(from: Box, to: Box): string {
  const [x0, y0, x1, y1] = [from.x + from.width, from.y + from.height / 2, to.x, to.y + to.height / 2];
  const middle = (x0 + x1) / 2;
  return `M${x0} ${y0}C${middle} ${y0} ${middle} ${y1} ${x1} ${y1}`;
}

export function drawCourse({ nodes, edges }: CourseGraph): Drawing {
  const graph = new Graph().setGraph({ rankdir: 'LR', nodesep: 8, ranksep: 90, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) {
    const lines = wrap(node.label);
    graph.setNode(node.id, { width: WIDTH, height: LINE * lines.length + 14 });
  }
  for (const [from, to] of edges) graph.setEdge(from, to);
  const needy = new Set(edges.map(([, to]) => to));
  graph.setNode(START, { width: 0, height: 0 });
  for (const { id, kind } of nodes)
    if (!needy.has(id)) graph.setEdge(START, id, { minlen: kind === 'topic' ? 1 : 2, weight: 2 });
  layout(graph);
  // Less the empty column of the start.
  const left = Math.min(...nodes.map(({ id }) => graph.node(id).x ?? 0)) - WIDTH / 2 - MARGIN;
  const boxes = nodes.map((node): Box => {
    const { x, y, width, height } = graph.node(node.id) as { x: number; y: number; width: number; height: number };
    return {
      ...node,
      x: Math.round(x - width / 2 - left),
      y: Math.round(y - height / 2),
      width,
      height,
      lines: wrap(node.label),
    };
  });
  const at = (id: string) => boxes.find((box) => box.id === id) as Box;
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return {
    width: Math.ceil(width - left),
    height: Math.ceil(height),
    boxes,
    curves: edges.map(([from, to]) => curve(at(from), at(to))),
  };
}
