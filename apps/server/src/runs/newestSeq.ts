import type { PrismaClient } from '../generated/prisma/client.js'

/** Reads the sequence number of the newest event of the lab; 0 where nothing has happened yet. */
export async function newestSeq(read: PrismaClient): Promise<number> {
  const last = await read.labEvent.findFirst({ orderBy: { seq: 'desc' }, select: { seq: true } })
  return last?.seq ?? 0
}
