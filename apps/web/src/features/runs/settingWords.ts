import { toLabel, toWords } from '@hourglass/autoencoders'

/** Titles of kinds that are no words: the schema has them too, and is too large for the first page. */
const kindTitles: Readonly<Record<string, string>> = {
  adamw: 'AdamW',
  featureMap: 'Feature maps',
  klSparsity: 'Sparse (KL)',
  l1: 'Sparse (L1)',
  lbfgs: 'L-BFGS',
  masking: 'Zeroing',
  rmsprop: 'RMSProp',
  sgd: 'SGD',
}

/** Writes a stored text of a setting as pages do, `saltAndPepper` of `corruption.kind` as `Salt and pepper`. */
export function settingWords(path: string, text: string): string {
  return path.endsWith('.kind') ? (kindTitles[text] ?? toLabel(text)) : toWords(text)
}
