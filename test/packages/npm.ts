import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

type Environment = Readonly<Record<string, string | undefined>>

export interface Ended {
  readonly code: number
  readonly output: string
}

/** Runs a program in a folder to its end and returns its exit code with all that it printed. */
export async function runIn(folder: string, [program = '', ...args]: readonly string[], env: Environment = {}): Promise<Ended> {
  const options = { cwd: folder, env: { ...outsideEnvironment(), ...env } as NodeJS.ProcessEnv, maxBuffer: 2 ** 26, timeout: 500_000 }
  try {
    const { stdout, stderr } = await execute(program, args, options)
    return { code: 0, output: stdout + stderr }
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as { code?: unknown; stdout?: string; stderr?: string }
    return { code: typeof code === 'number' ? code : 1, output: `${stdout}${stderr}` || String(error) }
  }
}

/** Runs npm as the tests were started with; rejects with what it printed where it fails. */
export async function npm(folder: string, args: readonly string[], env?: Environment): Promise<string> {
  const started = process.env.npm_execpath
  const command = started?.endsWith('.js') ? [process.execPath, started] : ['npm']
  const { code, output } = await runIn(folder, [...command, ...args, '--prefer-offline', '--no-audit', '--no-fund'], env)
  if (code !== 0) throw new Error(`npm ${args.join(' ')} ended with exit code ${code}:\n${output}`)
  return output
}

/** The environment without what npm and Vitest say of this project. */
function outsideEnvironment(): Environment {
  const ours = /^(npm_(package|lifecycle|command|config_local_prefix)|INIT_CWD|VITEST|NODE_ENV|NODE_PATH|HOURGLASS_)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)))
}
