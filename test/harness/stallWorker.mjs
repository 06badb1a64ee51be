/**
 * Loaded into a lab's processes by `NODE_OPTIONS`: the next worker that tells of the stage that the file HOURGLASS_TEST_STALL names takes the file away, and
 * waits from then on for what never comes, while it says that it is alive.
 */
import { readFileSync, rmSync } from 'node:fs'

const file = process.env.HOURGLASS_TEST_STALL
/** @type {((...args: any[]) => boolean) | undefined} */
const send = process.send?.bind(process)
if (file && send && /train\.js$/.test(process.argv[1] ?? '')) {
  let isStalled = false
  process.send = (message, ...rest) => {
    if (!isStalled && message.type === 'progress' && message.stage === read(file)) {
      isStalled = true
      rmSync(file)
    }
    // Whoever reports hears of it once it is sent.
    return isStalled && message.type !== 'alive' ? true : send(message, ...rest)
  }
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
