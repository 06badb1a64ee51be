import { errorCodes, HourglassError } from '../HourglassError.js'

/** What keeps the store from being written, or read. */
export interface StoreFault {
  readonly code: StoreFaultCode
  /** What is the matter, as the end of a sentence: "another program holds the write lock of the database". */
  readonly reason: string
  /** What to do. */
  readonly remedy: string
  /** Whether it may pass by itself or by what somebody does outside the lab. */
  readonly mayPass: boolean
}

export const storeFaultCodes = [errorCodes.storeBusy, errorCodes.storeReadOnly, errorCodes.diskFull, errorCodes.storeFailed] as const
export type StoreFaultCode = (typeof storeFaultCodes)[number]

/** Code of an error of our own: SQLite goes on writing to a file that has no name any more. */
export const DATABASE_GONE = 'HOURGLASS_DATABASE_GONE'

type FaultRow = StoreFault & { readonly sqlite: RegExp; readonly system: readonly string[]; readonly says: RegExp }

/** A row a kind: by SQLite's code, by the system's code of a file, and by what Prisma leaves of either. */
const faults: readonly FaultRow[] = [
  {
    code: errorCodes.storeBusy,
    sqlite: /^SQLITE_(BUSY|LOCKED|PROTOCOL)/,
    system: ['EBUSY', 'ETXTBSY'],
    says: /database (is|table is) locked|Operation has timed out/i,
    reason: 'another program holds the write lock of the database',
    remedy: 'Close what has the database open, such as a viewer or a backup.',
    mayPass: true,
  },
  {
    code: errorCodes.diskFull,
    sqlite: /^SQLITE_FULL/,
    system: ['ENOSPC', 'EDQUOT', 'EFBIG'],
    says: /disk is full|no space left on device/i,
    reason: 'the disk that holds the data folder is full',
    remedy: 'Free some space.',
    mayPass: true,
  },
  {
    code: errorCodes.storeReadOnly,
    sqlite: /^SQLITE_(READONLY|PERM|AUTH)/,
    system: ['EROFS', 'EACCES', 'EPERM'],
    says: /readonly database/i,
    reason: 'the data folder cannot be written',
    remedy: 'Give this user the right to write it, or mount it writable.',
    mayPass: true,
  },
  {
    code: errorCodes.storeFailed,
    sqlite: /^SQLITE_(CORRUPT|NOTADB|FORMAT)/,
    system: [],
    says: /disk image is malformed|file is not a database/i,
    reason: 'the database is damaged',
    remedy: 'Stop the server and restore a copy of the data folder.',
    mayPass: false,
  },
  {
    code: errorCodes.storeFailed,
    sqlite: new RegExp(`^${DATABASE_GONE}$`),
    system: [],
    says: /^(?!)/,
    reason: 'the file of the database was removed or replaced while the server runs',
    remedy: 'Put it back, or stop the server and restore a copy of the data folder.',
    mayPass: true,
  },
  {
    code: errorCodes.storeFailed,
    sqlite: /^SQLITE_(IOERR|CANTOPEN|NOLFS)/,
    system: ['EIO', 'ENODEV', 'ESTALE'],
    says: /disk I\/O error|unable to open database file/i,
    reason: 'the disk that holds the data folder reports errors',
    remedy: 'Look at the disk; the server log has the error.',
    mayPass: true,
  },
  {
    code: errorCodes.storeFailed,
    sqlite: /^(?!)/,
    system: [],
    says: /no such (table|column)|has no column named|The (table|column) .* does not exist/i,
    reason: 'the database lacks a table or a column that this version needs',
    remedy: 'Stop the server and restore a copy of the data folder.',
    mayPass: false,
  },
]

/** Tells whether an error is the store's, and which; undefined for every other error. */
export function storeFaultOf(error: unknown): StoreFault | undefined {
  if (error instanceof HourglassError) return undefined
  for (const { code, message } of chain(error)) {
    const row = faults.find(({ sqlite, system }) => code !== undefined && (sqlite.test(code) || system.includes(code)))
    const found = row ?? faults.find(({ says }) => says.test(message))
    if (found) return { code: found.code, reason: found.reason, remedy: found.remedy, mayPass: found.mayPass }
  }
  return undefined
}

interface Thrown {
  readonly code: string | undefined
  readonly message: string
}

/** An error and what caused it, innermost first: Prisma wraps SQLite's own, which alone is exact. */
function chain(error: unknown, depth = 0): readonly Thrown[] {
  if (typeof error !== 'object' || error === null || depth > 5) return []
  const { cause, meta, code, originalCode, message, originalMessage } = error as Record<string, unknown>
  const driverError = typeof meta === 'object' && meta !== null ? (meta as Record<string, unknown>).driverAdapterError : undefined
  const own = {
    code: typeof originalCode === 'string' ? originalCode : typeof code === 'string' ? code : undefined,
    message: [originalMessage, message].filter((text) => typeof text === 'string').join(' '),
  }
  return [...chain(driverError, depth + 1), ...chain(cause, depth + 1), own]
}
