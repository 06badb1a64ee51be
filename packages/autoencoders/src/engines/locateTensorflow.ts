import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { AutoencoderError } from '../AutoencoderError.js'

const packageName = '@tensorflow/tfjs-node'
/** The last Node release line on which it runs: it calls `util.isNullOrUndefined`, which later ones do not have. */
const lastNode = 22
const howToGet = '`npm run tensorflow` installs it; docs/tensorflow.md tells more.'

/** Where it is looked for beside the project's own packages, unless HOURGLASS_TENSORFLOW names another folder. */
function installFolder(): string {
  return process.env.HOURGLASS_TENSORFLOW || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'hourglass', 'tensorflow')
}

/** Finds the main file of `@tensorflow/tfjs-node`; throws AutoencoderError ENGINE_UNAVAILABLE, with what to do, where it is not installed or this Node cannot run it. */
export function locateTensorflow(): string {
  if (Number(process.versions.node.split('.')[0]) > lastNode) {
    throw unavailable(`Node 20 or ${lastNode}, the last that ${packageName} runs on`, `Node ${process.versions.node}`)
  }
  const folder = installFolder()
  for (const place of [join(folder, 'package.json'), import.meta.url]) {
    try {
      return createRequire(place).resolve(packageName)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error
    }
  }
  const named = process.env.HOURGLASS_TENSORFLOW
  throw unavailable(packageName, `none${named ? ` in ${named}, which HOURGLASS_TENSORFLOW names` : ''}; ${howToGet}`)
}

/** Makes the error for a package that is there and does not load. */
export function brokenTensorflow(cause: unknown): AutoencoderError {
  const reason = (cause instanceof Error ? cause.message : String(cause)).split('\n')[0] ?? ''
  return unavailable(`${packageName} to load`, `${reason.trim()}; ${howToGet}`, cause)
}

const unavailable = (expected: string, got: string, cause?: unknown) =>
  new AutoencoderError(
    'ENGINE_UNAVAILABLE',
    `engine tensorflow: expected ${expected}, got ${got}`,
    cause === undefined ? undefined : { cause },
  )
