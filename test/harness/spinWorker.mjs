/**
 * Loaded into a lab's processes by `NODE_OPTIONS`: the next worker that finds the file HOURGLASS_TEST_SPIN takes it away, and computes from then on without an end
 * and without an answer.
 */
import { rmSync } from 'node:fs'

const file = process.env.HOURGLASS_TEST_SPIN
if (file && /(train|task)\.js$/.test(process.argv[1] ?? '')) {
  setInterval(() => {
    try {
      rmSync(file)
    } catch {
      return
    }
    for (;;);
  }, 20).unref()
}
