import { arithmeticRules } from './arithmetic.js'
import { basicMathRules } from './basic_math.js'
import { convolutionRules } from './convolution.js'
import { creationRules } from './creation.js'
import { depthwiseRules } from './depthwise.js'
import { graphRules } from './graph.js'
import { imageRules } from './image.js'
import { indexingRules } from './indexing.js'
import { logicalRules } from './logical.js'
import { matrixRules } from './matrices.js'
import { normalizationRules } from './normalization.js'
import { poolingRules } from './pooling.js'
import type { Rule, Rules } from './Rule.js'
import { randomRules } from './random.js'
import { reductionRules } from './reduction.js'
import { sliceJoinRules } from './slice_join.js'
import { transformationRules } from './transformation.js'

export type { Rule, Rules } from './Rule.js'

/** The rules by category, most of them named as in tfjs's converter. A new kernel is a new row in one of these. */
export const ruleCategories = {
  arithmetic: arithmeticRules,
  basic_math: basicMathRules,
  convolution: { ...convolutionRules, ...depthwiseRules, ...poolingRules },
  creation: creationRules,
  graph: graphRules,
  image: imageRules,
  indexing: indexingRules,
  logical: logicalRules,
  matrices: matrixRules,
  normalization: normalizationRules,
  random: randomRules,
  reduction: reductionRules,
  slice_join: sliceJoinRules,
  transformation: transformationRules,
} as const satisfies Readonly<Record<string, Rules>>

const allRules: Rules = Object.assign({}, ...Object.values(ruleCategories))

/** Finds the rule of a tfjs kernel. */
export function ruleFor(kernel: string): Rule | undefined {
  return Object.hasOwn(allRules, kernel) ? allRules[kernel] : undefined
}

/** Lists the kernels that there is a rule for, by name. */
export function supportedKernels(): readonly string[] {
  return Object.keys(allRules).sort()
}
