import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compiledRooms, rooms, root, run } from './steps.mjs'

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

/** Lists the projects that exist for their types alone. Throws where a workspace has tests whose types no project checks. */
export function typeProjects(cwd = root) {
  const compiled = compiledRooms(cwd)
  const ofRooms = rooms(cwd).flatMap((room) => {
    // What is not compiled for others is checked as a whole, by its own project.
    const own = compiled.includes(room) || !existsSync(join(cwd, room, 'tsconfig.json')) ? [] : [room]
    const ofTests = join(room, 'tsconfig.test.json')
    if (existsSync(join(cwd, ofTests))) return [...own, ofTests]
    const isChecked = own.length > 0 && includesTests(join(cwd, room, 'tsconfig.json'))
    if (isChecked || !hasTests(join(cwd, room, 'test'))) return own
    throw new Error(
      `${room}: expected a tsconfig.test.json beside its tests, as those of other workspaces are, got none: nothing checks their types.`,
    )
  })
  return [...ofRooms, 'test', join('test', 'bench')]
}

/** @param {string} folder */
function hasTests(folder) {
  return existsSync(folder) && readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((file) => /\.(tsx?|mjs)$/.test(file))
}

/** @param {string} project */
function includesTests(project) {
  return JSON.parse(readFileSync(project, 'utf8')).include.some((/** @type {string} */ pattern) => pattern.startsWith('test'))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await checkTypes()
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
    process.exitCode = 1
  }
}
