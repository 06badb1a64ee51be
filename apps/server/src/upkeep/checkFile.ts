import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { ListedFile } from './listedFiles.js'

/** Says what is wrong with a file of a run; null where it is what was written. */
export async function checkFile(folder: string, { name, bytes, sha256 }: ListedFile): Promise<string | null> {
  const path = join(folder, ...name.split('/'))
  try {
    if ((await realpath(path)) !== path) return 'is a symbolic link or lies behind one'
    const { size } = await stat(path)
    if (size !== bytes) return `has ${size} bytes, expected ${bytes}`
    if (sha256 === null) return null
    const hash = createHash('sha256')
    await pipeline(createReadStream(path), hash)
    return hash.digest().equals(sha256) ? null : 'has other content than was written'
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'is missing' : `cannot be read (${message})`
  }
}
