import { closeSync, createReadStream, mkdirSync, openSync, writeSync } from 'node:fs'
import { mkdir, open, readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Parser, type ReadEntry } from 'tar'
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
  const folders = new Set<string>()
  const parser = new Parser({
    strict: true,
    zstd: false,
    // What describes an entry is read into memory and unpacked nowhere.
    maxMetaEntrySize: limits.manifest,
    onReadEntry: (entry) => {
      refusal ??= look(entry.path, entry)
      if (refusal === undefined && entryType(entry) === 'file') writeEntry(entry, { folder, folders })
      else entry.resume()
    },
  })
  let fault: unknown
  parser.on('error', (error) => {
    fault ??= error
  })
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) {
      parser.write(chunk as Buffer)
      if (fault !== undefined || refusal !== undefined) break
    }
    if (refusal === undefined) parser.end()
    if (fault !== undefined) throw fault
  } catch (error) {
    throw foreign(refusal ?? `got a file that cannot be read as one (${error instanceof Error ? error.message : String(error)})`, error)
  }
  if (refusal !== undefined) throw foreign(refusal)
  const names = await readdir(folder)
  for (const name of [MANIFEST, DATABASE]) if (!names.includes(name)) throw foreign(`got one without ${name}`)
}

/** Writes an entry as it is read: nothing else is there to do for this process, and of thousands of small ones none waits in memory for its turn. */
function writeEntry(entry: ReadEntry, { folder, folders }: { readonly folder: string; readonly folders: Set<string> }): void {
  const path = join(folder, entry.path)
  const parent = dirname(path)
  if (!folders.has(parent)) mkdirSync(parent, { recursive: true })
  folders.add(parent)
  const file = openSync(path, 'wx')
  entry.on('data', (chunk) => {
    for (let written = 0; written < chunk.length; ) written += writeSync(file, chunk, written)
  })
  entry.on('end', () => closeSync(file))
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
