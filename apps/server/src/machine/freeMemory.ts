import { readFileSync } from 'node:fs'
import { freemem } from 'node:os'
import { join } from 'node:path'

const CONTROL_GROUPS = '/sys/fs/cgroup'

/**
 * Tells how many bytes of memory a new process may take before others suffer: what the system counts as available, and within a control group (a container) what
 * its limit leaves. Infinity where the system does not tell: macOS counts nothing as free that could be.
 */
export function freeMemory(): number {
  if (process.platform === 'darwin') return Number.POSITIVE_INFINITY
  return Math.min(freemem(), freeInControlGroup() ?? Number.POSITIVE_INFINITY)
}

/** Undefined where no control group bounds this process, or it is of the first version. */
function freeInControlGroup(): number | undefined {
  try {
    const [, path = '/'] = /^0::(.*)$/m.exec(readFileSync('/proc/self/cgroup', 'utf8')) ?? []
    const read = (name: string) => readFileSync(join(CONTROL_GROUPS, path, name), 'utf8')
    const limit = Number(read('memory.max'))
    if (!Number.isFinite(limit)) return undefined
    // Files that were read and can be read again give way.
    const [, cached = '0'] = /^inactive_file (\d+)$/m.exec(read('memory.stat')) ?? []
    return limit - Number(read('memory.current')) + Number(cached)
  } catch {
    return undefined
  }
}
