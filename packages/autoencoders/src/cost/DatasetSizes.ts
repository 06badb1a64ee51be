/** How many examples there are, and of what shape; a data set's entry in the catalog has these fields. */
export interface DatasetSizes {
  readonly exampleShape: readonly number[]
  readonly trainCount: number
  readonly testCount: number
}
