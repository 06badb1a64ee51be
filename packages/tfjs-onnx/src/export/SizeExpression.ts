import type { Sizes } from './SymbolicInput.js'

/** A size as a sum: a constant, and for some named dimensions a whole multiple of their size. */
export interface SizeExpression {
  readonly constant: number
  readonly multiples: readonly { readonly dimension: string; readonly factor: number }[]
}

/**
 * Finds the sum that gives one size in every sample of {@link sampleSizes}; undefined where there is none, such as for a product or a half
 * of named dimensions. The last sample is not needed to find it, and tells whether it holds.
 */
export function fitSize(samples: readonly Sizes[], values: readonly number[]): SizeExpression | undefined {
  const [base = {}, ...others] = samples
  const [baseValue = 0] = values
  const names = Object.keys(base)
  const factors = names.map((name, index) => {
    const change = (others[index]?.[name] ?? 0) - (base[name] ?? 0)
    return change === 0 ? 0 : ((values[index + 1] ?? 0) - baseValue) / change
  })
  if (!factors.every(Number.isInteger)) return undefined
  const constant = names.reduce((rest, name, index) => rest - (factors[index] ?? 0) * (base[name] ?? 0), baseValue)
  const multiples = names.map((dimension, index) => ({ dimension, factor: factors[index] ?? 0 })).filter(({ factor }) => factor !== 0)
  const expression = { constant, multiples }
  return samples.every((sizes, index) => sizeIn(expression, sizes) === values[index]) ? expression : undefined
}

/** Computes a size from the sizes of the named dimensions. */
function sizeIn({ constant, multiples }: SizeExpression, sizes: Sizes): number {
  return multiples.reduce((sum, { dimension, factor }) => sum + factor * (sizes[dimension] ?? Number.NaN), constant)
}

/** Tells whether a size is the same whatever the inputs’ are. */
export function isConstantSize({ multiples }: SizeExpression): boolean {
  return multiples.length === 0
}

/** Writes a size as models name dimensions: `batch`, `2*batch+1`. */
export function formatSize({ constant, multiples }: SizeExpression): string {
  const terms = multiples.map(({ dimension, factor }) => (factor === 1 ? dimension : `${factor}*${dimension}`))
  return [...terms, ...(constant !== 0 || terms.length === 0 ? [`${constant}`] : [])].join('+').replaceAll('+-', '-')
}
