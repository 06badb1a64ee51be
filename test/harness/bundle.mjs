import { bundleWhereStale } from '../../scripts/bundle.mjs'

/** Tests start the programs that users start: those are made anew where a room was compiled since. */
export const setup = bundleWhereStale
