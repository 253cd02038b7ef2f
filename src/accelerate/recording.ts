/**
 * One step of training, carried out as usual and written down: the calls into WebAssembly that replay it, the memory
 * they work in, and a trace to compare it by.
 */
import { engine, type TensorInfo, type Variable } from '@tensorflow/tfjs-core';
import { addressOf, type WasmBackend } from './backend';
import { Blocks } from './blocks';
import { listen } from './record';

/** Kernels whose result depends on the shape of their operand alone. */
const BY_SHAPE = new Set(['OnesLike', 'ZerosLike']);

interface Kernel {
  name: string;
  /** Its result is the same in every step. */
  constant: boolean;
}

/** A tensor from before the step that it computes from. */
interface Source {
  dataId: object;
  address: number;
}

/** A variable that the step gave new memory; a replay reads it at `read`, where it was. */
interface Moved {
  variable: Variable;
  written: Source;
  read: number;
  bytes: number;
}

/** Data as text, short where there is much: FNV-1a over its bytes. */
function digest(values: ArrayBufferView): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return String(bytes.reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193), 0x811c9dc5));
}

export class Recording {
  readonly operations: (() => void)[] = [];
  /** Every kernel with its operands and attributes; equal for steps that compute the same. */
  readonly trace: string[] = [];
  /** Why it cannot be replayed. */
  refusal: string | null = null;
  readonly moved: Moved[] = [];
  private readonly sources = new Map<object, number>();
  private readonly origin = new Map<object, string>();
  private readonly constants = new Set<object>();
  private readonly blocks: Blocks;
  private kernel: Kernel | null = null;

  constructor(private readonly backend: WasmBackend) {
    this.blocks = new Blocks(backend.wasm);
  }

  /** Carries out `step` and writes it down. What `step` throws goes through; nothing stays patched. */
  of(step: () => void): void {
    const here = Object.values(engine().registeredVariables).filter(({ dataId }) => this.backend.dataIdMap.has(dataId));
    const before = new Map(here.map((variable) => [variable, this.source(variable)]));
    for (const [{ id }, { dataId }] of before) this.origin.set(dataId, `variable ${id}`);
    const restore = this.patch();
    try {
      step();
    } finally {
      restore();
      this.blocks.spare(this.living().map((dataId) => addressOf(this.backend, { dataId })));
    }
    for (const [variable, { dataId, address }] of before) {
      if (variable.isDisposed) this.refuse('it disposes of a variable');
      else if (variable.dataId !== dataId) {
        this.moved.push({ variable, written: this.source(variable), read: address, bytes: variable.size * 4 });
        this.sources.delete(dataId);
      }
    }
    const variables = Object.values(engine().registeredVariables);
    if (variables.some((variable) => !before.has(variable))) this.refuse('it makes new variables');
    const kept = new Set<object>(variables.map(({ dataId }) => dataId));
    if (this.living().some((dataId) => !kept.has(dataId))) this.refuse('it leaves new tensors behind');
    if (this.operations.length === 0) this.refuse('it computes nothing with tensors');
  }

  /** Whether all that it computes from is where it was. */
  get valid(): boolean {
    const { dataIdMap } = this.backend;
    for (const [dataId, address] of this.sources) {
      if (!dataIdMap.has(dataId) || dataIdMap.get(dataId).memoryOffset !== address) return false;
    }
    return this.moved.every(({ variable, written }) => !variable.isDisposed && variable.dataId === written.dataId);
  }

  free(): void {
    this.blocks.free();
  }

  private refuse(reason: string): void {
    this.refusal ??= reason;
  }

  private source({ dataId }: { dataId: object }): Source {
    return { dataId, address: addressOf(this.backend, { dataId }) };
  }

  /** The data that was made during the step, and still is. */
  private living(): object[] {
    return [...this.origin].flatMap(([dataId, label]) =>
      label.startsWith('#') && this.backend.dataIdMap.has(dataId) ? [dataId] : [],
    );
  }

  private begin(name: string, inputs: object, attrs: unknown): void {
    const operands = (Object.values(inputs) as (TensorInfo | undefined)[]).filter((x) => x?.dataId) as TensorInfo[];
    const constant =
      operands.length === 0 || BY_SHAPE.has(name) || operands.every(({ dataId }) => this.constants.has(dataId));
    const labels = operands.map(({ dataId, shape, dtype }) => {
      if (!this.origin.has(dataId)) this.origin.set(dataId, `given ${this.backend.dataIdMap.get(dataId).id}`);
      const label = this.origin.get(dataId) as string;
      if (!label.startsWith('#')) this.sources.set(dataId, addressOf(this.backend, { dataId }));
      return `${label}:${dtype}[${shape}]`;
    });
    this.trace.push(`${name}(${labels.join()}) ${JSON.stringify(attrs)}`);
    this.kernel = { name, constant };
    this.blocks.lasting = constant;
  }

  private end(): void {
    this.kernel = null;
    this.blocks.lasting = false;
  }

  /** Listens to the backend, the engine and the kernels; returns what undoes that. */
  private patch(): () => void {
    const { backend } = this;
    const { move, readSync, read, typedArrayFromHeap } = backend;
    const tf = engine();
    const runKernel = tf.runKernel;
    backend.move = (dataId, values, shape, dtype, refCount) => {
      if (values && this.kernel && !this.kernel.constant) this.refuse(`${this.kernel.name} computes in JavaScript`);
      const constant = values !== null && values !== undefined ? true : this.kernel?.constant === true;
      this.origin.set(dataId, `#${this.origin.size}`);
      if (constant) this.constants.add(dataId);
      if (values && !this.kernel) this.trace.push(`data ${dtype}[${shape}] ${digest(values as ArrayBufferView)}`);
      const lasting = this.blocks.lasting;
      this.blocks.lasting = constant;
      move.call(backend, dataId, values, shape, dtype, refCount);
      this.blocks.lasting = lasting;
    };
    const inside = (what: string) => this.refuse(this.kernel ? `${this.kernel.name} ${what}` : `it ${what}`);
    backend.readSync = (...args) => {
      inside('reads values back to JavaScript');
      return readSync.apply(backend, args);
    };
    backend.read = (...args) => {
      inside('reads values back to JavaScript');
      return read.apply(backend, args);
    };
    backend.typedArrayFromHeap = (info) => {
      if (!this.kernel?.constant) inside('computes in JavaScript');
      return typedArrayFromHeap.call(backend, info);
    };
    tf.runKernel = (name, inputs, attrs) => {
      this.begin(name, inputs, attrs);
      try {
        return runKernel.call(tf, name, inputs, attrs) as never;
      } finally {
        this.end();
      }
    };
    const release = this.blocks.take();
    listen({
      did: (operation) => {
        if (!this.kernel?.constant) this.operations.push(operation);
      },
      uses: (tensor) => {
        this.sources.set(tensor.dataId, addressOf(backend, tensor));
      },
      refuse: (reason) => this.refuse(reason),
    });
    return () => {
      listen(null);
      release();
      Object.assign(backend, { move, readSync, read, typedArrayFromHeap });
      tf.runKernel = runKernel;
    };
  }
}
