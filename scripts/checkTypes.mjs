import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rooms, root, run } from './steps.mjs'

/** How many projects are checked at a time: each keeps a core busy and takes some hundred MB. */
const AT_ONCE = 2

/** Checks the types of the dashboard, of the benchmarks and of the tests of every room, which nothing compiles. Rejects with all that is wrong. */
export async function checkTypes() {
  /** @type {string[]} */
  const failures = []
  const waiting = typeProjects()
  const checkNext = async () => {
    for (let project = waiting.shift(); project !== undefined; project = waiting.shift()) {
      try {
        await run([process.execPath, join(root, 'node_modules/typescript/bin/tsc'), '-p', project, '--noEmit'])
      } catch (error) {
        failures.push(error instanceof Error ? error.message : String(error))
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, checkNext))
  if (failures.length > 0) throw new Error(failures.join('\n'))
}

/** Lists the projects that exist for their types alone. */
export function typeProjects() {
  const ofRooms = rooms().map((room) => join(room, 'tsconfig.test.json'))
  return [join('apps', 'web'), 'test', join('test', 'bench'), ...ofRooms.filter((project) => existsSync(join(root, project)))]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await checkTypes()
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
    process.exitCode = 1
  }
}
