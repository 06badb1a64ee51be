import { Session } from 'node:inspector/promises'

/** Collects all that nothing holds, as a debugger does; returns the bytes that are held. */
export async function collectGarbage(): Promise<number> {
  const session = new Session()
  session.connect()
  await session.post('HeapProfiler.collectGarbage')
  session.disconnect()
  return process.memoryUsage().heapUsed
}
