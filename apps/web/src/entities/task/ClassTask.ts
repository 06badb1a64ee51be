import { completeRunConfig, type RunConfig, type RunConfigInput, validateRunConfig } from '@hourglass/autoencoders'
import { fromBase64Url, toBase64Url } from '../../ui/base64Url'

/** One run of a prepared experiment. */
export interface TaskRun {
  readonly label: string
  readonly config: RunConfig
}

/** An experiment that is prepared for a class: what is asked, and what may be changed. */
export interface ClassTask {
  readonly title: string
  readonly question: string
  readonly runs: readonly TaskRun[]
  /** Paths of the settings that may be changed. */
  readonly free: readonly string[]
}

const VERSION = 1
const MOST_RUNS = 200

/** Writes a task as a part of an address: whoever opens it needs nothing else. */
export function encodeTask({ title, question, runs, free }: ClassTask): string {
  const written = [VERSION, title, question, runs.map(({ label, config }) => [label, withoutDefaults(config)]), free]
  return toBase64Url(new TextEncoder().encode(JSON.stringify(written)))
}

/** Reads what {@link encodeTask} wrote; null where it is not whole, or not of this version. */
export function decodeTask(text: string): ClassTask | null {
  const bytes = fromBase64Url(text)
  if (!bytes) return null
  try {
    const [version, title, question, runs, free] = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown[]
    if (version !== VERSION || typeof title !== 'string' || typeof question !== 'string') return null
    if (!Array.isArray(runs) || runs.length === 0 || runs.length > MOST_RUNS || !isTexts(free)) return null
    const read = runs.map(readRun)
    return read.every((run) => run !== null) ? { title, question, runs: read, free } : null
  } catch {
    return null
  }
}

function readRun(run: unknown): TaskRun | null {
  if (!Array.isArray(run)) return null
  const [label, config] = run as unknown[]
  if (typeof label !== 'string') return null
  const result = validateRunConfig(config)
  return 'config' in result ? { label, config: result.config } : null
}

const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every((text) => typeof text === 'string')

/** Leaves out what a configuration has anyway, where that is the same configuration. */
function withoutDefaults(config: RunConfig): RunConfigInput {
  const short = difference(config, completeRunConfig({})) as RunConfigInput
  const result = validateRunConfig(short)
  return 'config' in result && JSON.stringify(result.config) === JSON.stringify(config) ? short : config
}

type Json = Readonly<Record<string, unknown>>
const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

function difference(value: Json, usual: Json): Json {
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, own]) => {
      const other = usual[name]
      if (JSON.stringify(own) === JSON.stringify(other)) return []
      if (!isRecord(own) || !isRecord(other) || own.kind !== other.kind) return [[name, own]]
      return [[name, { ...(own.kind === undefined ? {} : { kind: own.kind }), ...difference(own, other) }]]
    }),
  )
}
