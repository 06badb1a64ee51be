/** What an archive may have and what taking it in may cost, in bytes where nothing else is said; far more than any that a lab makes. */
export interface ArchiveLimits {
  /** Of the whole archive, as it is sent. */
  readonly archive: number
  /** Entries in it. */
  readonly entries: number
  /** Its description of itself. */
  readonly manifest: number
  readonly database: number
  /** Any other file in it. */
  readonly file: number
  /** Memory of the process that opens it. */
  readonly memory: number
  /** What V8 may take of that for objects; the rest is SQLite's, and for buffers. */
  readonly heap: number
  /** How long that process may take, in seconds. */
  readonly seconds: number
  /** Space that stays free on the disk. */
  readonly free: number
}

export const MIB = 1024 ** 2
const GIB = 1024 ** 3

export const archiveLimits: ArchiveLimits = {
  archive: 8 * GIB,
  entries: 200_000,
  manifest: 64 * 1024,
  database: GIB,
  file: 4 * GIB,
  memory: 768 * MIB,
  heap: 256 * MIB,
  seconds: 900,
  free: 200 * MIB,
}

/** Niceness of the processes that pack archives and take them in: what the lab serves goes first. */
export const ARCHIVE_NICENESS = 5

export const inWords = (count: number) => count.toLocaleString('en')
