import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/**
 * Timeouts end a test that hangs; none of them is a claim about speed. They leave room for a machine that does much else at the same time.
 */
const patience = { testTimeout: 400_000, hookTimeout: 400_000, expect: { poll: { timeout: 120_000, interval: 100 } } }

/** One project a room, so that `npx vitest --project datasets` runs that room alone. */
const room = (name: string, root: string) => ({
  test: { name, root, include: ['test/**/*.test.ts'], pool: 'forks' as const, ...patience },
})

/** Rooms whose tests start the lab's programs. */
const startsPrograms = { globalSetup: fileURLToPath(new URL('test/harness/bundle.mjs', import.meta.url)) }

export default defineConfig({
  test: {
    // One file less than there are cores at a time would leave every other one idle on a machine of two.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      room('protocol', 'packages/protocol'),
      room('query', 'packages/query'),
      room('wasm', 'packages/wasm'),
      room('datasets', 'packages/datasets'),
      room('tfjs-onnx', 'packages/tfjs-onnx'),
      room('autoencoders', 'packages/autoencoders'),
      { test: { ...room('server', 'apps/server').test, ...startsPrograms } },
      room('web', 'apps/web'),
      {
        test: {
          name: 'science',
          root: 'test/science',
          include: ['*.test.ts'],
          pool: 'forks' as const,
          ...patience,
          ...(process.env.HOURGLASS_SCIENCE === 'full' ? { testTimeout: 0, maxWorkers: 2 } : {}),
        },
      },
      {
        test: {
          name: 'whole',
          root: 'test',
          include: ['**/*.test.ts'],
          exclude: ['science/**'],
          pool: 'forks' as const,
          ...patience,
          ...startsPrograms,
        },
      },
    ],
  },
})
