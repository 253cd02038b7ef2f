/** The memory of a recorded step: what tfjs allocates during it stays with the recording, and is used again within it. */
import type { WasmBackend } from './backend';

export class Blocks {
  /** What is allocated now keeps its values from step to step, so nothing else may come to lie there. */
  lasting = false;
  private readonly owned = new Set<number>();
  /** Sizes of blocks that may be used again, by address. */
  private readonly sizes = new Map<number, number>();
  private readonly idle = new Map<number, number[]>();
  /** tfjs's own list of tensors: its functions look addresses up there at every replay. */
  private readonly ids: number[] = [];

  constructor(private readonly wasm: WasmBackend['wasm']) {}

  /** Takes over allocation; returns what gives it back. */
  take(): () => void {
    const { wasm } = this;
    const { _malloc, _free } = wasm;
    const { disposeData } = wasm.tfjs;
    wasm._malloc = (bytes) => {
      if (!this.lasting) {
        const again = this.idle.get(bytes)?.pop();
        if (again !== undefined) return again;
      }
      const address = _malloc(bytes) >>> 0;
      this.owned.add(address);
      if (!this.lasting) this.sizes.set(address, bytes);
      return address;
    };
    wasm._free = (address) => {
      this.owned.add(address);
      const bytes = this.sizes.get(address);
      // What was there before the step is read at every replay, as is what lasts.
      if (bytes === undefined) return;
      const same = this.idle.get(bytes);
      if (same) same.push(address);
      else this.idle.set(bytes, [address]);
    };
    wasm.tfjs.disposeData = (id) => {
      this.ids.push(id);
    };
    return () => {
      Object.assign(wasm, { _malloc, _free });
      wasm.tfjs.disposeData = disposeData;
    };
  }

  /** Leaves blocks to their tensors, which free them in their own time. */
  spare(addresses: readonly number[]): void {
    for (const address of addresses) this.owned.delete(address);
  }

  free(): void {
    for (const id of this.ids.splice(0)) this.wasm.tfjs.disposeData(id);
    for (const address of this.owned) this.wasm._free(address);
    this.owned.clear();
  }
}
