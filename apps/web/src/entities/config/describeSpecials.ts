import { DISCRIMINATOR, type FieldDescription, type RunConfig, toWords } from '@hourglass/autoencoders'
import { configDescription } from '../../data/readRunConfig'

/** What a line about a run says in other words: of choices their kind alone. */
const told: ReadonlySet<string> = new Set([
  'data',
  'architecture.kind',
  'architecture.latentDimension',
  'architecture.hiddenWidths',
  'loss',
  'optimizer.kind',
  'optimizer.learningRate',
  'training.epochs',
  'training.batchSize',
  'training.seed',
])

/** Lists what a configuration has chosen that is not usual, besides its layers, loss, optimizer and length: `corruption: Uniform, amplitude 0.5`. */
export function describeSpecials(config: RunConfig): readonly string[] {
  return specialsOf(configDescription, config, '')
}

function specialsOf(field: FieldDescription, value: unknown, path: string): readonly string[] {
  if (told.has(path)) return []
  const title = field.title.toLowerCase()
  if (field.type === 'object') return membersOf(field, value, path)
  if (field.type === 'choice') {
    const kind = kindOf(value)
    const variant = field.variants[kind]
    if (!variant) return []
    if (told.has(`${path}.${DISCRIMINATOR}`) || kind === kindOf(field.default)) return membersOf(variant, value, path)
    const members = Object.entries(variant.fields).map(([name, member]) => describeMember(member, (value as Members)[name]))
    return [`${title}: ${[variant.title, ...members].join(', ')}`]
  }
  return JSON.stringify(value) === JSON.stringify(field.default) ? [] : [`${title} ${toText(value)}`]
}

type Members = Readonly<Record<string, unknown>>
type ObjectDescription = Extract<FieldDescription, { type: 'object' }>

function membersOf({ fields }: ObjectDescription, value: unknown, path: string): readonly string[] {
  return Object.entries(fields).flatMap(([name, member]) =>
    specialsOf(member, (value as Members)[name], path === '' ? name : `${path}.${name}`),
  )
}

function describeMember(field: FieldDescription, value: unknown): string {
  return field.type === 'choice'
    ? `${field.title.toLowerCase()} ${(field.variants[kindOf(value)]?.title ?? kindOf(value)).toLowerCase()}`
    : `${field.title.toLowerCase()} ${toText(value)}`
}

function kindOf(value: unknown): string {
  return String((value as Members | undefined)?.[DISCRIMINATOR])
}

function toText(value: unknown): string {
  if (value === null) return 'none'
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join('-')
  return typeof value === 'string' ? toWords(value) : String(value)
}
