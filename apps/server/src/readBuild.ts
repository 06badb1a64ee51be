import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { buildStampPath, packageJsonPath } from './projectPaths.js'

/** Reads which build of the lab this is: its version, and the commit that it was built of, where that is known. */
export async function readBuild(): Promise<{ readonly version: string; readonly commit: string | null }> {
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(await readFile(packageJsonPath, 'utf8')))
  const stamp = await readFile(buildStampPath, 'utf8').catch(() => '{}')
  const { commit = null } = z.object({ commit: z.string().nullish() }).catch({}).parse(JSON.parse(stamp))
  return { version, commit }
}
