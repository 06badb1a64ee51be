import { memberOf } from './chosenKind.js'
import { DISCRIMINATOR } from './describeSchema.js'
import { optimizerRows } from './optimizerSchema.js'
import type { UnusedSetting } from './optimizers/OptimizerRow.js'

/** Tells what an optimizer has no use for, by its kind; nothing of a kind that there is not. */
export function unusedSettings(kind: unknown): readonly UnusedSetting[] {
  return typeof kind === 'string' && Object.hasOwn(optimizerRows, kind) ? optimizerRows[kind as keyof typeof optimizerRows].unused : []
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
  return unusedSettings(memberOf(memberOf(config, 'optimizer'), DISCRIMINATOR))
}

function withMember(value: unknown, [name, ...rest]: readonly string[], replacement: unknown): unknown {
  if (name === undefined) return replacement
  // What is not an object is wrong in itself, and refused.
  if (value !== undefined && (typeof value !== 'object' || value === null)) return value
  const { [name]: child, ...others } = (value ?? {}) as Record<string, unknown>
  const next = withMember(child, rest, replacement)
  return next === undefined ? others : { ...others, [name]: next }
}
