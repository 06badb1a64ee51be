import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { prepare, root } from './steps.mjs'

/**
 * Loads what checks, copies, restores and thins data folders. It is built only where it is missing: a lab that runs takes its workers from the same build, which
 * must not change under it.
 * @returns {Promise<Record<'check' | 'backup' | 'restore' | 'retention', (args: readonly string[]) => Promise<number>>>}
 */
export async function loadUpkeep() {
  const path = join(root, 'apps/server/bundle/upkeep/commands.js')
  if (!existsSync(path)) await prepare(['install', 'prisma', 'rooms'])
  return import(pathToFileURL(path).href)
}
