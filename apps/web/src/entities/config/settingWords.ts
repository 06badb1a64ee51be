import { DISCRIMINATOR, type FieldDescription, toWords } from '@hourglass/autoencoders'
import { configDescription } from '../../data/readRunConfig'

/** What stored texts of a setting stand for, by the setting's path. */
const words: ReadonlyMap<string, ReadonlyMap<string, string>> = collect(configDescription)

/** Writes a stored text of a setting as pages do, `saltAndPepper` of `corruption.kind` as `Salt and pepper`; what no setting can be stays as it is. */
export function settingWords(path: string, text: string): string {
  return words.get(path)?.get(text) ?? text
}

function collect(schema: FieldDescription): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const found = new Map<string, Map<string, string>>()
  const add = (path: string, entries: readonly (readonly [string, string])[]) =>
    found.set(path, new Map([...(found.get(path) ?? []), ...entries]))
  const visit = (field: FieldDescription, path: string): void => {
    const child = (name: string) => (path === '' ? name : `${path}.${name}`)
    if (field.type === 'object') for (const [name, inner] of Object.entries(field.fields)) visit(inner, child(name))
    if (field.type === 'enum') {
      add(
        path,
        field.values.map((value) => [value, toWords(value)]),
      )
    }
    if (field.type === 'choice') {
      const variants = Object.entries(field.variants)
      add(
        child(DISCRIMINATOR),
        variants.map(([kind, { title }]) => [kind, title]),
      )
      for (const [, variant] of variants) visit(variant, path)
    }
  }
  visit(schema, '')
  return found
}
