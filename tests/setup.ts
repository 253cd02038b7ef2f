/** Starts the backend that pages use, once per test file. */
import { beforeAll } from 'vitest';
import { startBackend } from '#lab/node';

beforeAll(() => startBackend('wasm'));
