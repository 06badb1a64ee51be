/** Lays beside each text file of the dashboard's build what Brotli makes of it at its strongest: once here, and not for each browser that asks. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { root } from './steps.mjs'

const folder = join(root, 'apps/web', process.env.NEXT_DIST_DIR ?? '.next', 'static')
const compress = promisify(brotliCompress)

for (const { name, parentPath } of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!/\.(css|js|json|svg)$/.test(name)) continue
  const path = join(parentPath, name)
  const content = readFileSync(path)
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length, [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY }
  writeFileSync(`${path}.br`, await compress(content, { params }))
}
