import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readCachedFileName } from '@hourglass/protocol'
import { hashPart } from '../artifacts/FileHashes.js'
import { filesBelow } from '../artifacts/filesBelow.js'
import { UNFINISHED } from '../artifacts/sweepUnfinished.js'

/** Folders of files that a lab keeps so that it need not make them again, by the kinds of their files. */
const cached: Readonly<Record<string, readonly string[]>> = {
  components: ['safetensors', 'measured'],
  onnx: ['onnx'],
  codes: ['safetensors'],
}
export const cacheFolders = Object.keys(cached)

/** A file that is made anew where it is needed, since it is not what was written. */
export interface RemadeFile {
  readonly path: string
  /** Completes a sentence that begins with its path. */
  readonly problem: string
}

export interface CheckedCache {
  readonly files: number
  readonly bytes: number
  readonly remade: readonly RemadeFile[]
}

/** Checks what a lab keeps so that it need not make it again: a file that is not what was written harms nobody, and tells of a failing disk. */
export async function checkCachedFiles(dataFolder: string): Promise<CheckedCache> {
  const remade: RemadeFile[] = []
  let [files, bytes] = [0, 0]
  for (const [folder, extensions] of Object.entries(cached)) {
    for await (const { name, path } of filesBelow(join(dataFolder, folder))) {
      if (name.endsWith(UNFINISHED)) continue
      try {
        const { size } = await stat(path)
        files++
        bytes += size
        const problem = await findProblem({ name, path, size, extensions })
        if (problem) remade.push({ path, problem })
      } catch (error) {
        // A lab that runs replaces them.
        const { code, message } = error as NodeJS.ErrnoException
        if (code !== 'ENOENT') remade.push({ path, problem: `cannot be read (${message})` })
      }
    }
  }
  return { files, bytes, remade }
}

interface CachedFile {
  readonly name: string
  readonly path: string
  readonly size: number
  /** One of which its name should have. */
  readonly extensions: readonly string[]
}

async function findProblem({ name, path, size, extensions }: CachedFile): Promise<string | null> {
  const read = readCachedFileName(name)
  if (!read || !extensions.includes(read.extension)) return 'has no checksum in its name: an earlier version has left it, or somebody else'
  const hash = await hashPart({ path, offset: 0, bytes: size })
  return hash.toString('hex') === read.sha256 ? null : 'has other content than was written'
}
