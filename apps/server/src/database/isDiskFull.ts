/** Tells whether an error means that the disk is full: a file's, by its code, or the database's, of which Prisma leaves only the message. */
export function isDiskFull(error: unknown): error is Error {
  return error instanceof Error && ((error as NodeJS.ErrnoException).code === 'ENOSPC' || /disk is full/i.test(error.message))
}
