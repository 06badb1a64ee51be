import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../harness/freePort.mjs'
import { root } from '../harness/lab.mjs'

/** Clones the project's last commit and measures how long the first and the second `npm start` take until the lab is ready. */
export async function measure() {
  const folder = mkdtempSync(join(tmpdir(), 'hourglass-start-'))
  try {
    execFileSync('git', ['clone', '--quiet', root, join(folder, 'hourglass')])
    const env = {
      ...process.env,
      PORT: String(await freePort()),
      HOURGLASS_API_PORT: String(await freePort()),
      HOURGLASS_DATA: join(folder, 'data'),
    }
    const first = await secondsToReady(join(folder, 'hourglass'), env)
    const second = await secondsToReady(join(folder, 'hourglass'), env)
    return [
      { figure: 'first npm start on a fresh clone', value: first, unit: 's', target: 'under 360', met: first < 360 },
      { figure: 'second npm start', value: second, unit: 's', target: 'under 5', met: second < 5 },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function secondsToReady(cwd, env) {
  const started = performance.now()
  const child = spawn('npm', ['start'], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  let output = ''
  return new Promise((resolve, reject) => {
    let seconds
    const keep = (chunk) => {
      output += chunk
      if (seconds !== undefined || !output.includes('Hourglass is ready')) return
      seconds = (performance.now() - started) / 1000
      // npm does not pass every signal on; its whole process group is ours.
      process.kill(-child.pid, 'SIGTERM')
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('close', () =>
      seconds === undefined ? reject(new Error(`npm start ended before it was ready:\n${output}`)) : resolve(seconds),
    )
  })
}
