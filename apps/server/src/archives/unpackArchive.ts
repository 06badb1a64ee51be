import { mkdir, open, readdir, stat } from 'node:fs/promises'
import { extract, type ReadEntry } from 'tar'
import { MANIFEST } from '../upkeep/BackupManifest.js'
import { UpkeepError } from '../upkeep/UpkeepError.js'
import { type ArchiveLimits, archiveLimits, inWords } from './archiveLimits.js'

const DATABASE = 'hourglass.db'
/** Names that an archive may hold: no way leads out of the folder, nor far into it. */
const NAME = new RegExp(`^(${MANIFEST.replace('.', '\\.')}|hourglass\\.db|runs/[a-z0-9]{12}(/[a-zA-Z0-9_-][a-zA-Z0-9._-]{0,99}){1,6})$`)
/** Read at once. */
const CHUNK = 1024 ** 2
/** What every tar file has in its first 512 bytes, and where. */
const MAGIC = { text: 'ustar', at: 257 } as const

type Entry = Pick<ReadEntry, 'type' | 'size'>

/**
 * Unpacks a tar file of {@link packArchive} into a new folder, which then takes no more than the file does: what is compressed is refused. Throws an UpkeepError
 * where it is none, holds anything else, or more than an archive may have.
 */
export async function unpackArchive(path: string, folder: string, limits: ArchiveLimits = archiveLimits): Promise<void> {
  await mkdir(folder, { recursive: true })
  await requirePlainTar(path)
  const { size } = await stat(path)
  const look = inspector(size, limits)
  let refusal: string | undefined
  try {
    await extract({
      file: path,
      cwd: folder,
      strict: true,
      maxReadSize: CHUNK,
      zstd: false,
      // What describes an entry is read into memory and unpacked nowhere.
      maxMetaEntrySize: limits.manifest,
      filter: (name, entry) => {
        refusal ??= look(name, entry as ReadEntry)
        return refusal === undefined && entryType(entry as ReadEntry) === 'file'
      },
    })
  } catch (error) {
    throw foreign(refusal ?? `got a file that cannot be read as one (${error instanceof Error ? error.message : String(error)})`, error)
  }
  if (refusal !== undefined) throw foreign(refusal)
  const names = await readdir(folder)
  for (const name of [MANIFEST, DATABASE]) if (!names.includes(name)) throw foreign(`got one without ${name}`)
}

/** Says what is wrong with entries, as they come. */
function inspector(archiveBytes: number, limits: ArchiveLimits): (name: string, entry: Entry) => string | undefined {
  const seen = new Set<string>()
  let left = archiveBytes
  let entries = 0
  return (name, entry) => {
    if (++entries > limits.entries) return `got one of more than ${inWords(limits.entries)} files and folders`
    const type = entryType(entry)
    // Files make the folders that they need.
    if (type === 'folder') return undefined
    if (type === 'other' || !NAME.test(name)) return `got one that holds ${entry.type} ${JSON.stringify(name.slice(0, 200))}`
    if (seen.has(name)) return `got one that holds ${name} twice`
    seen.add(name)
    const most = name === MANIFEST ? limits.manifest : name === DATABASE ? limits.database : limits.file
    if (entry.size > most) return `got one whose ${name} has ${inWords(entry.size)} bytes, where ${inWords(most)} are allowed`
    left -= entry.size
    return left < 0 ? `got one of ${inWords(archiveBytes)} bytes that says it holds more` : undefined
  }
}

function entryType({ type }: Entry): 'file' | 'folder' | 'other' {
  if (type === 'Directory') return 'folder'
  return type === 'File' || type === 'OldFile' ? 'file' : 'other'
}

/** Looks at the beginning: of what is compressed nobody knows how much it becomes. */
async function requirePlainTar(path: string): Promise<void> {
  const head = Buffer.alloc(512)
  const file = await open(path)
  try {
    await file.read(head, 0, head.length, 0)
  } finally {
    await file.close()
  }
  const kind = compressions.find(({ magic }) => head.subarray(0, magic.length).equals(Buffer.from(magic)))?.kind
  if (kind) {
    throw new UpkeepError(
      `expected an archive that a Hourglass made, which is a plain tar file, got one that is compressed (${kind}). Decompress it and send what comes out.`,
    )
  }
  if (head.toString('latin1', MAGIC.at, MAGIC.at + MAGIC.text.length) !== MAGIC.text) throw foreign('got a file that is no tar file')
}

const compressions: readonly { readonly kind: string; readonly magic: readonly number[] }[] = [
  { kind: 'gzip', magic: [0x1f, 0x8b] },
  { kind: 'zstd', magic: [0x28, 0xb5, 0x2f, 0xfd] },
  { kind: 'xz', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
  { kind: 'bzip2', magic: [0x42, 0x5a, 0x68] },
  { kind: 'zip', magic: [0x50, 0x4b, 0x03, 0x04] },
]

function foreign(what: string, cause?: unknown): UpkeepError {
  return new UpkeepError(`expected an archive that a Hourglass made of a run or an experiment, ${what}. Download it again.`, { cause })
}
