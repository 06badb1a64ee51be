import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Runs a script of this folder in a process of its own and parses the JSON that it prints last; throws with its complaint where it fails. */
export function runNode(script, ...args) {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const output = execFileSync(process.execPath, [path, ...args.map(String)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  return JSON.parse(output.trim().split('\n').at(-1))
}
