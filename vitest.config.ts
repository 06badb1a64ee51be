import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { LongRoomsFirst } from './test/harness/LongRoomsFirst.js'

/**
 * Timeouts end a test that hangs; none of them is a claim about speed. They leave room for a machine that does much else at the same time.
 */
const patience = { testTimeout: 600_000, hookTimeout: 600_000, expect: { poll: { timeout: 240_000, interval: 100 } } }

/** One project a room, so that `npx vitest --project datasets` runs that room alone. */
const room = (name: string, root: string) => ({
  test: { name, root, include: ['test/**/*.test.ts'], pool: 'forks' as const, ...patience },
})

/**
 * A room whose tests start no programs. Its files follow each other in the same processes: one of its own for each would load the same modules
 * again, which takes longer than most files' tests.
 */
const roomOfUnits = (name: string, root: string) => ({ test: { ...room(name, root).test, isolate: false } })

/** Rooms whose tests start the lab's programs. */
const startsPrograms = { globalSetup: fileURLToPath(new URL('test/harness/prepareTests.ts', import.meta.url)) }

export default defineConfig({
  test: {
    // One file less than there are cores at a time would leave every other one idle on a machine of two.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: LongRoomsFirst },
    projects: [
      roomOfUnits('protocol', 'packages/protocol'),
      roomOfUnits('query', 'packages/query'),
      roomOfUnits('chapter', 'packages/chapter'),
      room('connections', 'packages/connections'),
      roomOfUnits('wasm', 'packages/wasm'),
      roomOfUnits('datasets', 'packages/datasets'),
      // Some of its tests are about what is loaded.
      room('tfjs-onnx', 'packages/tfjs-onnx'),
      { test: { ...roomOfUnits('autoencoders', 'packages/autoencoders').test, setupFiles: ['test/leavesNoTensors.ts'] } },
      { test: { ...room('server', 'apps/server').test, ...startsPrograms } },
      roomOfUnits('web', 'apps/web'),
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
          // Its files follow each other in the same processes too: those that ask for the same lab share it, and a browser.
          isolate: false,
          ...patience,
          ...startsPrograms,
        },
      },
    ],
  },
})
