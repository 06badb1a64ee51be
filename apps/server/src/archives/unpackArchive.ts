import { mkdir, readdir } from 'node:fs/promises'
import { extract, type ReadEntry } from 'tar'
import { MANIFEST } from '../upkeep/BackupManifest.js'
import { UpkeepError } from '../upkeep/UpkeepError.js'

/** Names that an archive may hold: no way leads out of the folder. */
const NAME = new RegExp(`^(${MANIFEST.replace('.', '\\.')}|hourglass\\.db|runs/[a-z0-9]{12}(/[a-zA-Z0-9_-][a-zA-Z0-9._-]*)+)$`)

/** Unpacks a tar file of {@link packArchive} into a new folder. Throws an UpkeepError where it is none, or holds anything else. */
export async function unpackArchive(path: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  let other: string | undefined
  const isWanted = (name: string, { type }: { readonly type: ReadEntry['type'] }) => {
    // Files make the folders that they need.
    if (type === 'Directory') return false
    const isFile = type === 'File' || type === 'OldFile'
    if (!isFile || !NAME.test(name)) other ??= `${type} ${JSON.stringify(name)}`
    return other === undefined
  }
  try {
    await extract({ file: path, cwd: folder, strict: true, filter: (name, entry) => isWanted(name, entry as ReadEntry) })
  } catch (error) {
    throw foreign(`got a file that cannot be read as one (${error instanceof Error ? error.message : String(error)})`, error)
  }
  if (other !== undefined) throw foreign(`got one that holds ${other}`)
  const names = await readdir(folder)
  for (const name of [MANIFEST, 'hourglass.db']) if (!names.includes(name)) throw foreign(`got one without ${name}`)
}

function foreign(what: string, cause?: unknown): UpkeepError {
  return new UpkeepError(`expected an archive that a Hourglass made of a run or an experiment, ${what}. Download it again.`, { cause })
}
