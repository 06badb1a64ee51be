import { realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { hashPart } from '../artifacts/FileHashes.js'
import { holderOf } from '../artifacts/StoredFile.js'
import type { ListedFile } from './listedFiles.js'

/** Says what is wrong with a file of a run; null where it is what was written. */
export async function checkFile(folder: string, file: ListedFile): Promise<string | null> {
  const { bytes, sha256, pack, offset } = file
  const holder = holderOf(file)
  const inPack = pack === null ? '' : ` in ${holder}`
  const path = join(folder, ...holder.split('/'))
  try {
    if ((await realpath(path)) !== path) return `is a symbolic link or lies behind one${inPack}`
    const { size } = await stat(path)
    if (pack === null && size !== bytes) return `has ${size} bytes, expected ${bytes}`
    if (size < offset + bytes) return `has ${Math.max(0, size - offset)} bytes${inPack}, expected ${bytes}`
    if (sha256 === null) return null
    return (await hashPart({ path, offset, bytes })).equals(sha256) ? null : `has other content than was written${inPack}`
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return code === 'ENOENT' || code === 'ENOTDIR' ? `is missing${inPack && `: ${holder} is gone`}` : `cannot be read (${message})`
  }
}
