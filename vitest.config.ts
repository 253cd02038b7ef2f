import { defineConfig } from 'vitest/config';

/** Vitest would leave one core free, which is half of a machine of two; a project does not inherit this. */
const maxWorkers = '100%';

/** Three levels: `unit` (the lab and every paper's oracles), `claims` (long runs), `browser` (the built site). */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          maxWorkers,
          include: ['tests/{accelerate,lab,math,nn,papers,site}/**/*.test.ts'],
          exclude: ['tests/**/*.claims.test.ts'],
          setupFiles: ['tests/setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'claims',
          maxWorkers,
          include: ['tests/**/*.claims.test.ts'],
          setupFiles: ['tests/setup.ts'],
          testTimeout: 1_200_000,
        },
      },
      {
        test: {
          name: 'browser',
          maxWorkers,
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: ['tests/browser/serve.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
