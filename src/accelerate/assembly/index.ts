/** The kernels, compiled to WebAssembly by `npm run kernels`; called through `../kernels.ts`, which says what they take. */
export { binary, square, stepOf } from './elementwise';
export { matmul } from './matmul';
export { addRows, copy, copyStrided } from './move';
export { adam, descend, scale } from './optimizers';
export { sumMiddle } from './reduce';
export { cos, sin } from './trigonometry';
