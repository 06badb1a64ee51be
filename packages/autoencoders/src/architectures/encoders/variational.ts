import type { EncoderRow } from './EncoderRow.js'

export const variational: EncoderRow<{ readonly beta: number }> = {
  name: 'a variational encoder',
  adjective: 'variational',
  givesDistribution: true,
  term: 'β KL',
  divergenceWeight: ({ beta }) => beta,
}
