/**
 * A network as JSON, as the calculator takes it:
 *
 *   {"layers": [{"weight": [[…], …], "bias": […], "activation": "maxmin"}, …, {"weight": [[…]], "activation": "linear"}]}
 *
 * `weight` has one row per output. `bias` may be left out (it never enters a bound). `activation` is one of relu, tanh,
 * leaky-relu, maxmin, groupsort, householder, linear; the last layer's may be left out and is linear then. "slope" (leaky-relu,
 * default 0.1), "group" (groupsort, default 4), "angle" in degrees (householder, default -45) and "residual": true are optional.
 */
import { RefusedValue } from '#lab/values';
import { rowsOf } from '#math/rows';
import { type ActivationName, activation, activationNames, type Network } from './network';

export interface LayerJson {
  weight: number[][];
  bias?: number[];
  activation?: ActivationName;
  slope?: number;
  group?: number;
  angle?: number;
  residual?: boolean;
}
export interface NetworkJson {
  layers: LayerJson[];
}

/** Beyond these the programs take minutes. */
export const LIMITS = { layers: 9, width: 128, hidden: 256, inputs: 1024 };

const refuse = (message: string): never => {
  throw new RefusedValue(`network: ${message}`);
};

const said = (x: unknown) => (typeof x === 'number' ? String(x) : (JSON.stringify(x)?.slice(0, 30) ?? String(x)));

/** Checks the numbers of layer `k` (from 1) and returns its width. */
function checkLayer(layer: LayerJson, k: number, inputs: number | null, last: boolean): number {
  if (typeof layer !== 'object' || layer === null) refuse(`layer ${k} is ${said(layer)}, not an object with a weight.`);
  const { weight, bias, activation: name, slope, group, angle, residual } = layer;
  if (!Array.isArray(weight) || weight.length === 0 || !weight.every(Array.isArray)) {
    refuse(`layer ${k} has no weight: a list of rows, one per output.`);
  }
  const columns = inputs ?? (weight[0] as number[]).length;
  if (columns === 0) refuse(`layer ${k}, row 1 is empty.`);
  weight.forEach((row, i) => {
    if (row.length !== columns) {
      const wanted = inputs === null ? `row 1 has ${columns}` : `layer ${k - 1} has ${columns} outputs`;
      refuse(`layer ${k}, row ${i + 1} has ${row.length} ${row.length === 1 ? 'number' : 'numbers'}, but ${wanted}.`);
    }
    const bad = row.findIndex((x) => typeof x !== 'number' || !Number.isFinite(x));
    if (bad >= 0) refuse(`layer ${k}, row ${i + 1}, entry ${bad + 1} is ${said(row[bad])}, not a finite number.`);
  });
  const width = weight.length;
  if (bias !== undefined) {
    const numbers = Array.isArray(bias) && bias.every((x) => typeof x === 'number' && Number.isFinite(x));
    if (!numbers || bias.length !== width) refuse(`the bias of layer ${k} is not a list of ${width} finite numbers.`);
  }
  if (name === undefined && !last) refuse(`layer ${k} has no activation; accepted are ${activationNames.join(', ')}.`);
  if (name !== undefined && !activationNames.includes(name)) {
    refuse(`the activation of layer ${k} is ${said(name)}; accepted are ${activationNames.join(', ')}.`);
  }
  if (slope !== undefined && !(typeof slope === 'number' && slope >= 0 && slope < 1))
    refuse(`the slope of layer ${k} is ${said(slope)}, not a number from 0 to below 1.`);
  if (angle !== undefined && !Number.isFinite(angle))
    refuse(`the angle of layer ${k} is ${said(angle)}, not a number of degrees.`);
  if (group !== undefined && !(Number.isInteger(group) && group >= 2 && group <= 8)) {
    refuse(`the group of layer ${k} is ${said(group)}, not a whole number from 2 to 8.`);
  }
  const size = activation(name ?? 'linear', { group: group ?? 4 }).group;
  if (width % size !== 0) {
    refuse(`layer ${k} has ${width} outputs, which do not divide into groups of ${size} as ${name} needs.`);
  }
  if (residual !== undefined && typeof residual !== 'boolean')
    refuse(`"residual" of layer ${k} is neither true nor false.`);
  if (residual && width !== columns) refuse(`layer ${k} is residual, but takes ${columns} numbers and gives ${width}.`);
  return width;
}

/** Returns `value` where it is a network; throws with one message that names layer and row else. */
export function checkNetwork(value: unknown): NetworkJson {
  const layers = (value as NetworkJson)?.layers;
  if (!Array.isArray(layers) || layers.length === 0)
    refuse('accepted is {"layers": [{"weight": [[…]], "activation": "…"}, …]}.');
  if (layers.length > LIMITS.layers)
    refuse(`${layers.length} layers are more than the ${LIMITS.layers} that can be bounded here.`);
  let inputs: number | null = null;
  let hidden = 0;
  layers.forEach((layer, k) => {
    inputs = checkLayer(layer, k + 1, inputs, k === layers.length - 1);
    if (inputs > LIMITS.width)
      refuse(`layer ${k + 1} has ${inputs} outputs; at most ${LIMITS.width} can be bounded here.`);
    if (k < layers.length - 1) hidden += inputs;
  });
  const first = layers[0]?.weight[0]?.length ?? 0;
  if (first > LIMITS.inputs) refuse(`${first} inputs are more than the ${LIMITS.inputs} that can be bounded here.`);
  if (hidden > LIMITS.hidden)
    refuse(`${hidden} hidden units are more than the ${LIMITS.hidden} that can be bounded here.`);
  return value as NetworkJson;
}

/** A checked network as numbers to compute with. */
export const readNetwork = ({ layers }: NetworkJson): Network =>
  layers.map(({ weight, bias, activation: name, slope, group, angle, residual }) => ({
    weight: rowsOf(weight),
    bias: Float64Array.from(bias ?? weight.map(() => 0)),
    activation: activation(name ?? 'linear', {
      ...(slope !== undefined && { slope }),
      ...(group !== undefined && { group }),
      ...(angle !== undefined && { angle: (angle * Math.PI) / 180 }),
    }),
    residual: residual ?? false,
  }));
