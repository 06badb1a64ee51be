import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { rooms, root, run } from './steps.mjs'

/** Checks the types of the dashboard and of the tests of every room, which nothing compiles. Rejects with all that is wrong. */
export async function checkTypes() {
  const failures = []
  // One after the other: each of them keeps a core busy and takes some hundred MB.
  for (const project of typeProjects()) {
    try {
      await run([process.execPath, join(root, 'node_modules/typescript/bin/tsc'), '-p', project, '--noEmit'])
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error))
    }
  }
  if (failures.length > 0) throw new Error(failures.join('\n'))
}

/** Lists the projects that exist for their types alone. */
export function typeProjects() {
  const ofRooms = rooms().map((room) => join(room, 'tsconfig.test.json'))
  return [join('apps', 'web'), 'test', ...ofRooms.filter((project) => existsSync(join(root, project)))]
}
