import { defineConfig } from 'vitest/config';

/** Three levels: `unit` (the lab and every paper's oracles), `claims` (long runs), `browser` (the built site). */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/{lab,math,papers,site}/**/*.test.ts'],
          exclude: ['tests/**/*.claims.test.ts'],
          setupFiles: ['tests/setup.ts'],
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'claims',
          include: ['tests/**/*.claims.test.ts'],
          setupFiles: ['tests/setup.ts'],
          testTimeout: 1_200_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: ['tests/browser/serve.ts'],
          maxWorkers: 2,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
