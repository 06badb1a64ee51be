import type { RunConfig } from '../config/RunConfig.js'

const EXAMPLES = /[\d,]+ training examples?/u

/** Writes a preset's label anew where it names how many training examples there are, which whoever launches it may change. */
export function countedLabel(label: string, { data: { trainCount } }: RunConfig): string {
  if (trainCount === null) return label.replace(EXAMPLES, 'all training examples')
  return label.replace(EXAMPLES, `${trainCount.toLocaleString('en')} training ${trainCount === 1 ? 'example' : 'examples'}`)
}
