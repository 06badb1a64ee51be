import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

export interface FoundFile {
  /** Path below the folder, with `/` between its parts. */
  readonly name: string
  readonly path: string
  readonly isLink: boolean
}

/** Walks the files below a folder; symbolic links are named and not followed. One that is missing, or goes meanwhile, has none. */
export async function* filesBelow(folder: string, prefix = ''): AsyncGenerator<FoundFile> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException): Dirent[] => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return []
    throw error
  })
  for (const entry of entries) {
    const path = join(folder, entry.name)
    const name = `${prefix}${entry.name}`
    if (entry.isDirectory()) yield* filesBelow(path, `${name}/`)
    else yield { name, path, isLink: entry.isSymbolicLink() }
  }
}
