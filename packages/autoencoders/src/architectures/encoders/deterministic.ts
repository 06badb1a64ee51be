import type { EncoderRow } from './EncoderRow.js'

export const deterministic: EncoderRow = {
  name: 'a deterministic encoder',
  adjective: '',
  givesDistribution: false,
  term: null,
  divergenceWeight: () => 0,
}
