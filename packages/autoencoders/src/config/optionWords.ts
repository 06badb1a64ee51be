import { datasetCatalog, datasetIds } from '@hourglass/datasets'
import { engineCatalog, engines } from './engineCatalog.js'

/** Names that are not written as the words they are made of. */
const irregular: Readonly<Record<string, string>> = {
  binaryCrossEntropy: 'binary cross-entropy',
  relu: 'ReLU',
  ...Object.fromEntries(engines.map((name) => [name, engineCatalog[name].title])),
  ...Object.fromEntries(datasetIds.map((id) => [id, datasetCatalog[id].title])),
}

/** Writes the name of an option in words, `meanSquaredError` as `mean squared error`. */
export function toWords(name: string): string {
  return irregular[name] ?? name.replace(/([a-z0-9])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
}

/** Writes the name of an option as it begins a line, `Mean squared error`. */
export function toLabel(name: string): string {
  const words = toWords(name)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Shortens the name of an option of several words to their initials, `MSE`; one word stays as it is. */
export function toInitials(name: string): string {
  const words = toWords(name).split(/[ -]/)
  return words.length === 1 ? words.join('') : words.map((word) => word.charAt(0).toUpperCase()).join('')
}
