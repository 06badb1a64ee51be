import type { z } from 'zod'
import { AutoencoderError } from '../AutoencoderError.js'
import { memberOf } from './chosenKind.js'
import { DISCRIMINATOR, describeSchema } from './describeSchema.js'
import { describeExpected, describeReceived, locateField, settingsOf, unchosenVariant } from './fieldMessages.js'
import type { RunConfig, RunConfigInput } from './RunConfig.js'
import { runConfigSchema } from './runConfigSchema.js'
import { withSoleValues } from './unusedSettings.js'

/** One thing that is wrong with a configuration, for people and for the form field at its path. */
export interface ConfigIssue {
  /** In the schema's own terms, for example `['architecture', 'latentDimension']`; empty for the configuration as a whole. */
  readonly path: readonly string[]
  /** Whole sentence, for example `Code size must be a whole number from 1 to 4096, got 0`. */
  readonly message: string
  readonly expected: string
  readonly received: string
}

const root = describeSchema(runConfigSchema)

/**
 * Validates anything as a run's configuration and fills in the defaults, which for an optimizer that takes one value alone is that value. Returns either the complete configuration or all that is wrong
 * with it, fields as well as relations between those that are right by themselves: at most one issue for each field, section by section
 * in the schema's order. Never throws.
 */
export function validateRunConfig(
  given: unknown,
): { readonly config: RunConfig } | { readonly issues: readonly [ConfigIssue, ...ConfigIssue[]] } {
  const input = withSoleValues(given)
  const result = runConfigSchema.safeParse(input)
  if (result.success) return { config: result.data }
  const found = [...result.error.issues, ...findMisfits(input, result.error.issues)]
  const byPath = new Map<string, ConfigIssue>()
  for (const issue of found.flatMap((each) => toConfigIssues(each, input))) {
    const key = issue.path.join('\n')
    if (!byPath.has(key)) byPath.set(key, issue)
  }
  const [first, ...rest] = [...byPath.values()].toSorted((a, b) => sectionOf(a) - sectionOf(b))
  return { issues: [first ?? describeMismatch([], input), ...rest] }
}

/** Fills in every default of a configuration; throws AutoencoderError INVALID_CONFIG with a line for each issue. */
export function completeRunConfig(input: RunConfigInput): RunConfig {
  const result = validateRunConfig(input)
  if ('config' in result) return result.config
  throw new AutoencoderError('INVALID_CONFIG', result.issues.map(({ message }) => message).join('\n'))
}

function sectionOf({ path: [section = ''] }: ConfigIssue): number {
  const sections = root.type === 'object' ? Object.keys(root.fields) : []
  return sections.includes(section) ? sections.indexOf(section) : sections.length
}

/** Finds the violated relations that wrong fields keep the schema from looking at, except those which involve a wrong field. */
function findMisfits(input: unknown, issues: readonly z.core.$ZodIssue[]): readonly z.core.$ZodIssue[] {
  const wrong = issues.filter(({ code }) => code !== 'custom').flatMap(wrongPaths)
  if (wrong.length === 0) return []
  const { error } = runConfigSchema.safeParse(wrong.reduce(without, input))
  return (error?.issues ?? []).filter((issue) => {
    const relates: readonly string[] = issue.code === 'custom' ? (issue.params?.relates ?? []) : []
    return relates.length > 0 && !relates.some((related) => wrong.some((path) => overlap(related.split('.'), path)))
  })
}

function wrongPaths(issue: z.core.$ZodIssue): readonly (readonly string[])[] {
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => [...path, key])
  return [path.at(-1) === DISCRIMINATOR ? path.slice(0, -1) : path]
}

/** Leaves out what is at a path, so that its default stands in; a list goes whole. */
function without(value: unknown, path: readonly string[]): unknown {
  const [key, ...rest] = path
  if (key === undefined || value === null || typeof value !== 'object' || Array.isArray(value)) return undefined
  const { [key]: member, ...others } = value as Record<string, unknown>
  const kept = without(member, rest)
  return kept === undefined ? others : { ...others, [key]: kept }
}

function overlap(a: readonly string[], b: readonly string[]): boolean {
  return a.every((key, index) => b[index] === undefined || b[index] === key)
}

function toConfigIssues(issue: z.core.$ZodIssue, input: unknown): readonly ConfigIssue[] {
  const path = issue.path.map(String)
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => describeUnknownKey(path, key, input))
    case 'custom':
      return [describeViolation(path, issue.params ?? {}, input)]
    default:
      return [describeMismatch(path, input)]
  }
}

function describeMismatch(path: readonly string[], input: unknown): ConfigIssue {
  // A wrong discriminator is a wrong choice: the form has one control for both.
  const isDiscriminator = path.at(-1) === DISCRIMINATOR
  const fieldPath = isDiscriminator ? path.slice(0, -1) : path
  const located = locateField(root, input, fieldPath)
  if (!located) return { path, message: `Unknown setting ${path.join('.')}`, expected: 'a known setting', received: path.join('.') }
  const { field, label, value } = located
  const chosen = isDiscriminator && value !== null && typeof value === 'object' ? memberOf(value, DISCRIMINATOR) : value
  const expected = describeExpected(field)
  const unchosen = unchosenVariant(field, chosen)
  if (unchosen === undefined) return sentence(fieldPath, label, { expected, received: describeReceived(chosen) })
  const received = `${unchosen}: ${describeReceived(memberOf(chosen, unchosen))}`
  const refused = sentence(fieldPath, label, { expected, received })
  return { ...refused, message: `${refused.message}; write ${unchosen}: true to choose it, or leave it out` }
}

function describeUnknownKey(path: readonly string[], key: string, input: unknown): ConfigIssue {
  const located = locateField(root, input, path)
  const expected = located ? `one of ${settingsOf(located).join(', ')}` : 'a known setting'
  const message = `${located?.label ?? path.join('.')} has no setting ${JSON.stringify(key)}; expected ${expected}`
  return { path: [...path, key], message, expected, received: key }
}

function describeViolation(path: readonly string[], params: Record<string, unknown>, input: unknown): ConfigIssue {
  const label = locateField(root, input, path)?.label ?? path.at(-1) ?? root.title
  return sentence(path, label, { expected: String(params.expected), received: String(params.received) })
}

function sentence(path: readonly string[], label: string, { expected, received }: { expected: string; received: string }): ConfigIssue {
  return { path, message: `${label} must be ${expected}, got ${received}`, expected, received }
}
