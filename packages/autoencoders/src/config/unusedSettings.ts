import { memberOf } from './chosenKind.js'
import { DISCRIMINATOR } from './describeSchema.js'
import type { OptimizerConfig } from './RunConfig.js'

/** A setting that an optimizer has no use for. */
export interface UnusedSetting {
  /** In the schema's own terms, for example `training.batchSize`. */
  readonly path: string
  /** Whole sentence: what happens instead. */
  readonly reason: string
  /** What the configuration has to say there; the default where this is left out. */
  readonly value?: unknown
}

const batchSize: UnusedSetting = { path: 'training.batchSize', reason: 'Not used: each step looks at all training examples.' }
const pretraining: UnusedSetting = {
  path: 'training.pretraining',
  reason: 'None: layers are pretrained only by optimizers that move after every batch.',
  value: { kind: 'none' },
}

/** What each optimizer has no use for, one a row. */
export const unusedSettings: Readonly<Record<OptimizerConfig['kind'], readonly UnusedSetting[]>> = {
  adam: [],
  adamw: [],
  sgd: [],
  rmsprop: [],
  lbfgs: [batchSize, pretraining],
  closedForm: [
    { path: 'training.epochs', reason: '1: the optimum is solved for in a single step.', value: 1 },
    batchSize,
    { path: 'architecture.initializer', reason: 'Not used: the solution does not depend on where it begins.' },
    pretraining,
  ],
}

/** Gives a configuration, checked or not, with what its optimizer has no use for set to what it has to be. */
export function withoutUnused(config: unknown): unknown {
  return unusedOf(config).reduce((changed, { path, value }) => withMember(changed, path.split('.'), value), config)
}

/** Gives a configuration, checked or not, with the one value that its optimizer takes where a setting is left out: its default there. */
export function withSoleValues(config: unknown): unknown {
  return unusedOf(config).reduce((completed, { path, value }) => {
    const names = path.split('.')
    const isGiven = names.reduce(memberOf, completed) !== undefined
    return value === undefined || isGiven ? completed : withMember(completed, names, value)
  }, config)
}

function unusedOf(config: unknown): readonly UnusedSetting[] {
  const kind = memberOf(memberOf(config, 'optimizer'), DISCRIMINATOR)
  return Object.hasOwn(unusedSettings, String(kind)) ? unusedSettings[kind as OptimizerConfig['kind']] : []
}

function withMember(value: unknown, [name, ...rest]: readonly string[], replacement: unknown): unknown {
  if (name === undefined) return replacement
  // What is not an object is wrong in itself, and refused.
  if (value !== undefined && (typeof value !== 'object' || value === null)) return value
  const { [name]: child, ...others } = (value ?? {}) as Record<string, unknown>
  const next = withMember(child, rest, replacement)
  return next === undefined ? others : { ...others, [name]: next }
}
