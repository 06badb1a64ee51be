import { createRequire } from 'node:module'
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
 * A room whose files follow each other in the same processes: one of its own for each would load the same modules again, which takes longer than
 * most files' tests.
 */
const roomInFewProcesses = (name: string, root: string) => ({ test: { ...room(name, root).test, isolate: false } })

/** Rooms whose tests start the lab's programs. */
const startsPrograms = { globalSetup: fileURLToPath(new URL('test/harness/prepareTests.ts', import.meta.url)) }

export default defineConfig({
  test: {
    // One file less than there are cores at a time would leave every other one idle on a machine of two.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: LongRoomsFirst },
    projects: [
      roomInFewProcesses('protocol', 'packages/protocol'),
      roomInFewProcesses('query', 'packages/query'),
      roomInFewProcesses('chapter', 'packages/chapter'),
      room('connections', 'packages/connections'),
      roomInFewProcesses('wasm', 'packages/wasm'),
      roomInFewProcesses('random', 'packages/random'),
      roomInFewProcesses('datasets', 'packages/datasets'),
      {
        // What Node loads, from the sources too.
        resolve: { alias: { '#platform': fileURLToPath(new URL('packages/tfjs-onnx/src/platform/nodePlatform.ts', import.meta.url)) } },
        // Some of its tests are about what is loaded.
        ...room('tfjs-onnx', 'packages/tfjs-onnx'),
      },
      { test: { ...roomInFewProcesses('autoencoders', 'packages/autoencoders').test, setupFiles: ['test/leavesNoTensors.ts'] } },
      {
        // The build of graphql that Node loads for the packages which make the schema: two builds refuse each other's.
        resolve: { alias: { graphql: createRequire(import.meta.url).resolve('graphql') } },
        test: { ...roomInFewProcesses('server', 'apps/server').test, ...startsPrograms },
      },
      roomInFewProcesses('web', 'apps/web'),
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
      { test: { ...room('packages', 'test/packages').test, include: ['*.test.ts'] } },
      {
        test: {
          name: 'whole',
          root: 'test',
          include: ['**/*.test.ts'],
          exclude: ['science/**', 'packages/**'],
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
