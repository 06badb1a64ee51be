import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { root } from './lab.mjs'

export interface UpkeepResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs one of the commands that check, copy and restore data folders, as npm does. */
export function upkeep(
  command: 'check' | 'backup' | 'restore' | 'retention',
  args: readonly string[],
  dataFolder: string,
  environment = {},
): Promise<UpkeepResult> {
  return new Promise((resolve) => {
    const env = { ...process.env, HOURGLASS_DATA: dataFolder, ...environment }
    execFile(process.execPath, [join(root, 'scripts', `${command}.mjs`), ...args], { env, cwd: root }, (error, stdout, stderr) => {
      // As a shell says it of a process that was killed.
      resolve({ code: error ? Number(error.code ?? 137) : 0, stdout, stderr })
    })
  })
}
