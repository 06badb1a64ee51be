/**
 * Lays beside each text file of the dashboard's build what Brotli and gzip make of it at their strongest: once here, and not for each browser that asks. Over
 * plain HTTP browsers take no Brotli from another machine.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { root } from './steps.mjs'

const folder = join(root, 'apps/web', process.env.NEXT_DIST_DIR ?? '.next', 'static')
const [toBrotli, toGzip] = [promisify(brotliCompress), promisify(gzip)]

for (const { name, parentPath } of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!/\.(css|js|json|svg)$/.test(name)) continue
  const path = join(parentPath, name)
  const content = readFileSync(path)
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length, [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY }
  writeFileSync(`${path}.br`, await toBrotli(content, { params }))
  writeFileSync(`${path}.gz`, await toGzip(content, { level: constants.Z_BEST_COMPRESSION }))
}
