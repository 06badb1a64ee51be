/** What benchmarks note in the pages that they measure. */
export {}

declare global {
  interface Window {
    /** The wall-clock time, in milliseconds, at which each epoch's figure had been painted; not a number until it has. */
    drawnEpochs: Map<number, number>
    /** The longest time between two frames so far, in milliseconds. */
    longestFrame: number
  }
}
