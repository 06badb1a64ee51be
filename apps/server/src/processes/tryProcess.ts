import { spawn } from 'node:child_process'

/** Starts a process like those of runs, which ends at once; resolves with why the system refuses it, or with null. */
export function tryProcess(): Promise<string | null> {
  return new Promise((resolve) => {
    try {
      const child = spawn(process.execPath, ['--version'], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
      child.once('error', (error) => resolve(error.message))
      child.once('close', () => resolve(null))
      child.stdout?.resume().on('error', () => undefined)
      child.stderr?.resume().on('error', () => undefined)
    } catch (error) {
      // Some refusals are thrown, ENOMEM for example.
      resolve(error instanceof Error ? error.message : String(error))
    }
  })
}
