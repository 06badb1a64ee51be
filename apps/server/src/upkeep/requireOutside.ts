import { realpath } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path'
import { UpkeepError } from './UpkeepError.js'

/** Throws an UpkeepError where a folder that is to hold a backup would lie in the data folder: it would go with what it is a backup of. */
export async function requireOutside(target: string, dataFolder: string): Promise<void> {
  const way = relative(await real(dataFolder), await real(target))
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) return
  throw new UpkeepError(
    `${target}: expected a folder outside of the data folder, got one in ${dataFolder}, which would be lost with it. Name another one.`,
  )
}

/** Follows links as far as a path exists. */
async function real(path: string): Promise<string> {
  const found = await realpath(path).catch(() => null)
  if (found !== null) return found
  const parent = dirname(path)
  return parent === path ? path : join(await real(parent), basename(path))
}
