/**
 * Parts of a run's time, in order: until training begins, training layer by layer, the first epoch with what is compiled for it, each later epoch, and
 * measuring the run after the last one. Evaluations and files belong to their epoch.
 */
export const timedStages = ['starting', 'pretraining', 'firstEpoch', 'epoch', 'measuring'] as const
export type TimedStage = (typeof timedStages)[number]

/** Seconds of each stage; null where they are not known. */
export type StageSeconds<Seconds extends number | null = number | null> = Readonly<Record<TimedStage, Seconds>>

/** Gives every stage its seconds. */
export function mapStages<Seconds extends number | null>(secondsOf: (stage: TimedStage) => Seconds): StageSeconds<Seconds> {
  return Object.fromEntries(timedStages.map((stage) => [stage, secondsOf(stage)])) as Record<TimedStage, Seconds>
}

/** Adds up what a run of so many epochs takes from its start; null where a stage that it has is not known. */
export function totalSeconds({ starting, pretraining, firstEpoch, epoch, measuring }: StageSeconds, epochs: number): number | null {
  const parts = [starting, pretraining, firstEpoch, measuring, epochs > 1 && epoch !== null ? (epochs - 1) * epoch : epochs > 1 ? null : 0]
  return parts.reduce((sum, part) => (sum === null || part === null ? null : sum + part), 0)
}
