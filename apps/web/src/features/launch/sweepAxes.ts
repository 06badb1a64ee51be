import { type AxisValues, rangeProblem, type SweepAxis } from '@hourglass/autoencoders'
import { createParser } from 'nuqs'
import type { SweepableSetting } from './sweepableSettings'

/** One setting that is varied and the values that it is to take, as typed. */
export interface TypedAxis {
  /** `architecture.latentDimension`, or that of a choice, `optimizer`. */
  readonly path: string
  readonly values: TypedValues
}

export type TypedValues =
  | { readonly kind: 'list'; readonly values: readonly string[] }
  | { readonly kind: 'linear' | 'log'; readonly from: string; readonly to: string; readonly count: string }

export type ReadAxis = { readonly axis: SweepAxis } | { readonly problem: string }

export const emptyList: TypedValues = { kind: 'list', values: [] }

/** Tells whether values were given, so that what is wrong with them is worth saying. */
export function isTyped({ values }: TypedAxis): boolean {
  return values.kind === 'list' ? values.values.length > 0 : values.from !== '' && values.to !== ''
}

/** Reads the values of a setting; says what is wrong with them. */
export function readAxis(setting: SweepableSetting, { path, values }: TypedAxis, { isDrawn }: { readonly isDrawn: boolean }): ReadAxis {
  const isWhole = setting.numeric === 'integer'
  if (values.kind === 'list') {
    if (values.values.length === 0) return { problem: `Give the values that ${inSentence(setting)} is to take.` }
    return { axis: { path, isWhole, values } }
  }
  const range: Extract<AxisValues, { kind: 'range' }> = {
    kind: 'range',
    from: numberOf(values.from),
    to: numberOf(values.to),
    scale: values.kind,
    // Draws take any number between the ends.
    count: isDrawn ? 2 : numberOf(values.count),
  }
  const problem = rangeProblem(range)
  return problem === null ? { axis: { path, isWhole, values: range } } : { problem: `${setting.title}: ${problem}` }
}

const inSentence = ({ title }: SweepableSetting) => title.charAt(0).toLowerCase() + title.slice(1)

const numberOf = (text: string) => (text.trim() === '' ? Number.NaN : Number(text))

/** The varied settings in an address: `architecture.latentDimension:list:2:8;optimizer.learningRate:log:1e-4:0.1:4`. One without values is its path alone. */
export const parseAsAxes = createParser<readonly TypedAxis[]>({
  parse: (text) => text.split(';').flatMap((part) => parseAxis(part) ?? []),
  serialize: (axes) => axes.map(writeAxis).join(';'),
  eq: (a, b) => a.map(writeAxis).join(';') === b.map(writeAxis).join(';'),
})

function parseAxis(text: string): TypedAxis | null {
  const [path, kind, ...rest] = text.split(':').map(decode)
  if (!path) return null
  if (kind === 'linear' || kind === 'log') {
    const [from = '', to = '', count = ''] = rest
    return { path, values: { kind, from, to, count } }
  }
  return { path, values: { kind: 'list', values: kind === 'list' ? rest : [] } }
}

function writeAxis({ path, values }: TypedAxis): string {
  const parts = values.kind === 'list' ? values.values : [values.from, values.to, values.count]
  return [path, values.kind, ...parts].map(encode).join(':')
}

const encode = (text: string) => text.replace(/[%:;]/g, encodeURIComponent)

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
