import { defineConfig } from 'vitest/config'

/** One project a room, so that `npx vitest --project datasets` runs that room alone. */
const room = (name: string, root: string, testTimeout = 30_000) => ({
  test: { name, root, include: ['test/**/*.test.ts'], testTimeout, hookTimeout: 60_000, pool: 'forks' as const },
})

export default defineConfig({
  test: {
    projects: [
      room('datasets', 'packages/datasets'),
      room('tfjs-onnx', 'packages/tfjs-onnx', 60_000),
      room('autoencoders', 'packages/autoencoders', 120_000),
      room('server', 'apps/server', 60_000),
      room('web', 'apps/web'),
      {
        test: {
          name: 'whole',
          root: 'test',
          include: ['**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          pool: 'forks' as const,
          fileParallelism: false,
        },
      },
    ],
  },
})
