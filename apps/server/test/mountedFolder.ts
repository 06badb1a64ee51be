import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MOST_TRIES = 50
/** Between two tries, in milliseconds. */
const PAUSE = 50

function pause(): true {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE)
  return true
}

function run(command: string, ...given: string[]): boolean {
  return spawnSync(command, given, { stdio: 'ignore' }).status === 0
}

/** Whether this process may mount: real small and read-only disks take that. */
export const canMount = (() => {
  const path = mkdtempSync(join(tmpdir(), 'hourglass-mount-'))
  const isMounted = run('mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path)
  if (isMounted) run('umount', path)
  rmSync(path, { recursive: true })
  return isMounted
})()

/** A disk of its own of some megabytes. */
export function mountDisk(megabytes: number): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'hourglass-disk-'))
  run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path)
  return {
    path,
    [Symbol.dispose]: () => {
      run('umount', '--lazy', path)
      rmSync(path, { recursive: true, force: true })
    },
  }
}

/** Makes a folder read-only, for root too, until it is disposed of; files that are open stay as they are. */
export function mountReadOnly(path: string): Disposable {
  run('mount', '--bind', path, path)
  // It is busy for as long as something that was opened through it since is being written.
  const isReadOnly = Array.from({ length: MOST_TRIES }).some(
    (_, tried) => (tried === 0 || pause()) && run('mount', '-o', 'remount,bind,ro', path),
  )
  if (!isReadOnly) {
    run('umount', '--lazy', path)
    throw new Error(`expected a read-only mount of ${path}`)
  }
  return { [Symbol.dispose]: () => void run('umount', '--lazy', path) }
}
