import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const own = fileURLToPath(new URL('../../../.peers/bin/python', import.meta.url))
/** The Python that has the peers: HOURGLASS_PYTHON, a virtual environment in .peers, or the system’s. */
const python = process.env.HOURGLASS_PYTHON ?? (existsSync(own) ? own : 'python3')

/** Returns a Python package’s version, or undefined where it cannot be imported. */
export function pythonVersionOf(name) {
  try {
    return execFileSync(python, ['-c', `import ${name}; print(${name}.__version__)`], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return undefined
  }
}

/** Runs a script of this folder and parses the JSON that it prints last; throws with its complaint where it fails. */
export function runPython(script, ...args) {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const output = execFileSync(python, [path, ...args.map(String)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  return JSON.parse(output.trim().split('\n').at(-1))
}
