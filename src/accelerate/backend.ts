/** The parts of tfjs's wasm backend that this folder builds on. tfjs does not export its type. */
import { engine, type TensorInfo } from '@tensorflow/tfjs-core';

/** Functions of tfjs's own WebAssembly, by name and types as Emscripten's `cwrap` takes them. */
export type Cwrap = (name: string, returns: string | null, takes: readonly string[]) => (...args: unknown[]) => unknown;

export interface WasmBackend {
  wasm: {
    HEAPU8: Uint8Array;
    asm: { memory: WebAssembly.Memory };
    cwrap: Cwrap;
    _malloc(bytes: number): number;
    _free(address: number): void;
    tfjs: { disposeData(id: number): void };
  };
  dataIdMap: {
    get(dataId: object): { id: number; memoryOffset: number; refCount: number };
    has(dataId: object): boolean;
  };
  makeOutput(shape: readonly number[], dtype: string): TensorInfo;
  move(dataId: object, values: unknown, shape: number[], dtype: string, refCount: number): void;
  incRef(dataId: object): void;
  refCount(dataId: object): number;
  disposeData(dataId: object, force?: boolean): boolean;
  readSync(dataId: object, start?: number, end?: number): ArrayLike<number>;
  read(dataId: object): Promise<ArrayLike<number>>;
  typedArrayFromHeap(info: TensorInfo): ArrayLike<number>;
}

/** tfjs's wasm backend, which must be the one in use. */
export function wasmBackend(): WasmBackend {
  const { backendName } = engine();
  if (backendName !== 'wasm') {
    throw new Error(`This accelerates tfjs's wasm backend, but the one in use is "${backendName ?? 'none'}".`);
  }
  return engine().backend as unknown as WasmBackend;
}

/** Where a tensor's values begin, in bytes from the start of the backend's memory. */
export const addressOf = (backend: WasmBackend, { dataId }: { dataId: object }): number =>
  backend.dataIdMap.get(dataId).memoryOffset;
