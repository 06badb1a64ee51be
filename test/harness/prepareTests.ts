import { bundleWhereStale } from '../../scripts/bundle.mjs'
import { prepareLabs } from './labFolder.mjs'

/** Tests start the programs that users start: those are made anew where a room was compiled since. */
export async function setup() {
  await bundleWhereStale()
  return prepareLabs()
}
