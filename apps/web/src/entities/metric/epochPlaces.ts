/** What curves of epochs run over. */
export const curveAxes = ['epoch', 'step', 'time'] as const
export type CurveAxis = (typeof curveAxes)[number]

/** Titles of these axes. */
export const curveAxisTitles = { epoch: 'Epoch', step: 'Step', time: 'Time of training' } as const satisfies Record<CurveAxis, string>

/** The axes as a reader chooses between them. */
export const curveAxisChoices: readonly { readonly value: CurveAxis; readonly label: string }[] = [
  { value: 'epoch', label: 'Epoch' },
  { value: 'step', label: 'Step' },
  { value: 'time', label: 'Time' },
]

interface TimedEpoch {
  readonly epoch: number
  readonly seconds: number
  /** What all epochs up to this one took; null of epochs that have just ended. */
  readonly elapsedSeconds?: number | null
}

/** Places epochs, in ascending order, along an axis: by their number, by the steps or by the seconds of training up to them. */
export function epochPlaces(epochs: readonly TimedEpoch[], axis: CurveAxis, stepsPerEpoch: number): readonly number[] {
  if (axis !== 'time') return epochs.map(({ epoch }) => (axis === 'step' ? epoch * stepsPerEpoch : epoch))
  let elapsed = 0
  return epochs.map(({ seconds, elapsedSeconds }) => {
    elapsed = elapsedSeconds ?? elapsed + seconds
    return elapsed
  })
}
