/** So many times the error of the mean example say that training has left the data behind. */
export const SENSELESS = 100
/** Keeps logarithms of means that are 0 or 1 finite. */
const CERTAINTY = 1e-7

/** All that is known of a reconstruction error without tensors. */
export interface LossRow {
  /**
   * Whether it is the negative log-likelihood, in nats, of values that are each drawn as 0 or 1: it then wants data in 0…1 and an output that is a probability.
   */
  readonly isBernoulli: boolean
  /** Whether principal components minimize it. */
  readonly isSquaredError: boolean
  /** Computes what a value costs where the mean of all is answered with. */
  ofMean(value: number, mean: number): number
  /** Gives what the error of the mean example is taken for at least, for data that hardly vary: a hundredth of a whole range, of values up to `largest`, or of ln 2. */
  leastOfMean(largest: number): number
}

/** Every reconstruction error, one a row, in the order of forms; how each is computed of tensors says `lossFunctions`. */
const rows = {
  meanSquaredError: {
    isBernoulli: false,
    isSquaredError: true,
    ofMean: (value, mean) => (value - mean) ** 2,
    leastOfMean: (largest) => Math.max(largest, Number.MIN_VALUE) ** 2 / SENSELESS,
  },
  binaryCrossEntropy: {
    isBernoulli: true,
    isSquaredError: false,
    ofMean: (value, mean) => {
      const probability = Math.min(1 - CERTAINTY, Math.max(CERTAINTY, mean))
      return -value * Math.log(probability) - (1 - value) * Math.log(1 - probability)
    },
    leastOfMean: () => Math.LN2,
  },
} as const satisfies Readonly<Record<string, LossRow>>

export type LossName = keyof typeof rows

export const lossRows: Readonly<Record<LossName, LossRow>> = rows
/** The name of every reconstruction error. */
export const losses: readonly LossName[] = Object.keys(rows).filter(isLossName)

function isLossName(name: string): name is LossName {
  return Object.hasOwn(rows, name)
}
