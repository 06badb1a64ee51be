/**
 * Loaded into a lab's processes by `NODE_OPTIONS`: the server halts for good, alone in what it does there, as it comes to a step with a file, and says so by another.
 * HOURGLASS_TEST_HALT says which, as JSON: `step` (rm or datasync), the end of its `path`, and `told`, the file that says so.
 */
import { promises, writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const { step, path, told } = JSON.parse(process.env.HOURGLASS_TEST_HALT ?? '{}')
if (step && /main\.js$/.test(process.argv[1] ?? '')) {
  const halt = () => {
    writeFileSync(told, '')
    return new Promise(() => undefined)
  }
  const { rm, open } = promises
  promises.rm = (target, ...rest) => (step === 'rm' && String(target).endsWith(path) ? halt() : rm(target, ...rest))
  promises.open = async (target, ...rest) => {
    const file = await open(target, ...rest)
    if (step === 'datasync' && String(target).endsWith(path)) file.datasync = halt
    return file
  }
  syncBuiltinESMExports()
}
