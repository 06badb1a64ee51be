/** All that is known of a kind of encoder without its schema, which the first page does not have. */
export interface EncoderRow<Config extends object = object> {
  /** Names it as within a sentence: `a variational encoder`. */
  readonly name: string
  /** What an autoencoder is called that has it, within a title; empty where that goes without saying. */
  readonly adjective: string
  /**
   * Whether each input has a distribution of codes that is kept near a prior: training draws codes from it, so that the objective is random, and codes of
   * the prior can be decoded.
   */
  readonly givesDistribution: boolean
  /** What it adds to the objective, as a formula; null where that is nothing. */
  readonly term: string | null
  /** Reads the weight of the divergence from the prior. */
  divergenceWeight(config: Config): number
}
