/** The devices that experiments compute on, best first; apart from what starts them, so that a page may name them. */

export const backendNames = ['webgpu', 'wasm', 'cpu'] as const;
export type BackendName = (typeof backendNames)[number];

export const backendTitles: Record<BackendName, string> = {
  webgpu: 'WebGPU (graphics card)',
  wasm: 'WebAssembly (SIMD)',
  cpu: 'plain JavaScript',
};
