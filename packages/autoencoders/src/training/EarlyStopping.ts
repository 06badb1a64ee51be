/** The epoch with the lowest validation loss, the first of several. */
export interface BestEpoch {
  readonly epoch: number
  readonly validationLoss: number
}

export interface EarlyStoppingOptions {
  /** Epochs without a lower validation loss after which training ends; null for never. */
  readonly patience: number | null
  /** Of the epochs that are trained already. @default none */
  readonly best?: BestEpoch | null | undefined
}

/** Follows the validation loss from epoch to epoch, and tells when it has not fallen for too long. */
export class EarlyStopping {
  readonly #patience: number | null
  #best: BestEpoch | null

  constructor({ patience, best = null }: EarlyStoppingOptions) {
    this.#patience = patience
    this.#best = best
  }

  get best(): BestEpoch | null {
    return this.#best
  }

  /** Takes an epoch; one that was trained before changes nothing. */
  completed(epoch: number, validationLoss: number): void {
    if (this.#best === null || validationLoss < this.#best.validationLoss) this.#best = { epoch, validationLoss }
  }

  /** Returns the best epoch where training is to end after an epoch, else null. */
  endsAfter(epoch: number): BestEpoch | null {
    if (this.#patience === null || this.#best === null) return null
    return epoch - this.#best.epoch >= this.#patience ? this.#best : null
  }
}
