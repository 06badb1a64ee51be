import { readdirSync, readFileSync } from 'node:fs'

/** Reads the resident memory in MB of the API and of its training worker below the given start process, from /proc. */
export function residentMemory(startPid) {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(readProcess)
  const server = processes.find(({ parent, command }) => parent === startPid && command.includes('apps/server'))
  const worker = processes.find(({ parent, command }) => parent === server?.pid && /worker/.test(command) && !/baseline/i.test(command))
  return { server: server?.megabytes ?? 0, worker: worker?.megabytes ?? 0 }
}

function readProcess(name) {
  try {
    const status = readFileSync(`/proc/${name}/status`, 'utf8')
    const field = (key) => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0)
    return [
      {
        pid: Number(name),
        parent: field('PPid'),
        megabytes: field('VmRSS') / 1024,
        command: readFileSync(`/proc/${name}/cmdline`, 'utf8'),
      },
    ]
  } catch {
    // The process ended between the listing and the reading.
    return []
  }
}
