import { bundleWhereStale } from '../../scripts/bundle.mjs'
import { computeCommonBaselines } from './commonBaselines.js'
import { arePrepared, prepareLabs } from './labFolder.mjs'

/**
 * Tests start the programs that users start: those are made anew where a room was compiled since, and what labs begin with once for all rooms. Returns what
 * ends whatever the tests leave.
 */
export async function setup(): Promise<() => Promise<void>> {
  await bundleWhereStale()
  if (arePrepared()) return async () => undefined
  const remove = prepareLabs()
  await computeCommonBaselines()
  return remove
}
