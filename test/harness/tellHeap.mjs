/** Loaded into a server by `NODE_OPTIONS`: on SIGUSR2 it collects garbage, and writes into the file HOURGLASS_TEST_HEAP how many bytes its heap and its buffers hold then. */
import { renameSync, writeFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const file = process.env.HOURGLASS_TEST_HEAP
if (file && /main\.js$/.test(process.argv[1] ?? '')) {
  setFlagsFromString('--expose-gc')
  /** @type {() => void} */
  const collect = runInNewContext('gc')
  process.on('SIGUSR2', () => {
    collect()
    // What had to be finalized lets go of more.
    setImmediate(() => {
      collect()
      const { heapUsed, external } = process.memoryUsage()
      writeFileSync(`${file}.tmp`, String(heapUsed + external))
      renameSync(`${file}.tmp`, file)
    })
  })
}
