import { readFile } from 'node:fs/promises'

export interface ProcessUsage {
  /** What it holds in memory. */
  readonly memoryBytes: number
  /** Time on processors since it began, in ticks of the system's clock. */
  readonly processorTicks: number
}

/** Reads what a process uses; undefined where it is gone, or where the system has no /proc. */
export async function readProcessUsage(pid: number): Promise<ProcessUsage | undefined> {
  try {
    const [status, stat] = await Promise.all([readFile(`/proc/${pid}/status`, 'utf8'), readFile(`/proc/${pid}/stat`, 'utf8')])
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]
    if (kilobytes === undefined) return undefined
    // The name of the process, in parentheses, may hold spaces: fields count from behind it, utime and stime are the 14th and 15th of all.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { memoryBytes: Number(kilobytes) * 1024, processorTicks: Number(fields[11]) + Number(fields[12]) }
  } catch {
    return undefined
  }
}
