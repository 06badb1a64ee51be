import type { Rules } from './Rule.js'

/** Kernels that only pass tensors on. */
export const graphRules = {
  Identity: { emit: (call) => call.input('x'), dtypes: ['float32', 'int32', 'bool'], since: 1, tolerance: 0, note: 'no node at all' },
} as const satisfies Rules
