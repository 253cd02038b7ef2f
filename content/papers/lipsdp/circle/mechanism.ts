/**
 * A classifier of two moons in training. Every 20 steps its Lipschitz constant is bounded; |f(x)| / L is then a radius
 * within which no point changes sides, whatever it is.
 */
import { defineMechanism } from '#lab/experiment';
import { finite } from '#lab/stopped';
import { frobenius } from '#math/rows';
import { gridOf } from '../grid';
import { moons } from '../moons';
import { activation, evaluate, type Network } from '../network';
import { type Bounds, boundsOf, logit, train, trainer } from '../trainer';
import { type params, REACH } from './params';

const CELLS = 28;
const DIRECTIONS = 72;
/** Training points that the picture shows. */
const SHOWN = 160;

/** MaxMin works on pairs. */
const even = (width: number) => 2 * Math.ceil(width / 2);

/** |J(x)|, the length of the gradient there. */
const slopeAt = (network: Network, x: [number, number]) => frobenius(evaluate(network, Float64Array.from(x)).jacobian);

/** The nearest point of the other side that rays from `x` meet, or null. */
function nearestOther(network: Network, x: [number, number]): { x: number; y: number; distance: number } | null {
  const side = logit(network, x) > 0;
  let best: { x: number; y: number; distance: number } | null = null;
  for (let k = 0; k < DIRECTIONS; k++) {
    const angle = (2 * Math.PI * k) / DIRECTIONS;
    const at = (r: number): [number, number] => [x[0] + r * Math.cos(angle), x[1] + r * Math.sin(angle)];
    const end = best?.distance ?? 2 * REACH;
    let [inside, outside] = [0, 0];
    for (let r = 0.03; r < end && outside === 0; r += 0.03) {
      if (logit(network, at(r)) > 0 === side) inside = r;
      else outside = r;
    }
    if (outside === 0) continue;
    for (let i = 0; i < 12; i++) {
      const middle = (inside + outside) / 2;
      if (logit(network, at(middle)) > 0 === side) inside = middle;
      else outside = middle;
    }
    const [px, py] = at(outside);
    if (!best || outside < best.distance) best = { x: px, y: py, distance: outside };
  }
  return best;
}

export const mechanism = defineMechanism<typeof params>()({
  setup({ params: p, random }) {
    const data = moons(random('moons'));
    const a = activation(p.activation);
    // Plain data behind functions: the runtime, which walks a state for tensors to free, does not have to walk it.
    let last: Bounds;
    let picture: { of: Bounds; cells: number[]; slopes: number[]; margins: number[] } | null = null;
    return {
      trainer: trainer(random, data, [2, even(p.width), even(p.width), 1], a),
      history: { step: [] as number[], product: [] as number[], sdp: [] as number[], sampled: [] as number[] },
      data: () => data,
      keep: (bounds: Bounds) => {
        last = bounds;
      },
      /** The last bounds and what the picture shows of them: drawn once, however often a point is dragged. */
      look: () => {
        if (picture?.of !== last) {
          // Signed: a point on the wrong side has no radius.
          const margins = data.inputs.map((x, i) => logit(last.network, x) * (data.labels[i] ? 1 : -1));
          picture = {
            of: last,
            cells: gridOf(CELLS, REACH, (x, y) => logit(last.network, [x, y])),
            slopes: gridOf(CELLS, REACH, (x, y) => slopeAt(last.network, [x, y])),
            margins,
          };
        }
        return picture;
      },
    };
  },
  // The points are read by every frame, so nothing has to be done when they move.
  update() {},
  step(state) {
    train(state.trainer);
  },
  async measure(state, { step, random }) {
    const bounds = await boundsOf(state.trainer, random);
    const { history } = state;
    history.step.push(step);
    history.product.push(finite('the product of norms', bounds.product));
    history.sdp.push(bounds.sdp);
    history.sampled.push(bounds.sampled);
    state.keep(bounds);
  },
  frame({ look, data, history }, { params }) {
    const { of: bounds, cells, slopes, margins } = look();
    const radius = (f: number, L: number) => (L > 0 ? Math.abs(f) / L : 0);
    const spots = Array.from({ length: params.points.length / 2 }, (_, i) => {
      const at = [params.points[2 * i], params.points[2 * i + 1]] as [number, number];
      const f = logit(bounds.network, at);
      return {
        x: at[0],
        y: at[1],
        logit: f,
        radii: { product: radius(f, bounds.product), sdp: radius(f, bounds.sdp), sampled: radius(f, bounds.sampled) },
        other: nearestOther(bounds.network, at),
      };
    });
    const { inputs, labels } = data();
    const mean = (L: number) => margins.reduce((sum, m) => sum + Math.max(0, m) / L, 0) / margins.length;
    return {
      spots,
      cells: [...cells],
      slopes: [...slopes],
      points: inputs
        .slice(0, SHOWN)
        .map(([x, y], i) => ({ x: x as number, y: y as number, label: labels[i] as number })),
      margins: [...margins],
      meanRadius: { product: mean(bounds.product), sdp: mean(bounds.sdp) },
      bounds: { product: bounds.product, sdp: bounds.sdp, sampled: bounds.sampled },
      accuracy: margins.filter((m) => m > 0).length / margins.length,
      history: {
        step: [...history.step],
        product: [...history.product],
        sdp: [...history.sdp],
        sampled: [...history.sampled],
      },
    };
  },
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
export type Spot = Frame['spots'][number];
