import type { FigureTable } from '../../ui/FigureSource'
import type { MeasuredRuns } from './measuredRuns'
import type { ExperimentRun } from './useExperiment'

export interface ComparedSubspace {
  readonly run: ExperimentRun
  /** Principal angles to the space of as many principal components, in degrees, ascending. */
  readonly angles: readonly number[]
  /** Not clipped: what PCA is optimal for. */
  readonly meanSquaredError: number | null
  readonly pcaMeanSquaredError: number | null
}

/** Compares the spaces that linear decoders reach, and their errors, with those of as many principal components. */
export function subspaces({ runs, analyses }: MeasuredRuns): readonly ComparedSubspace[] {
  return runs.flatMap((run) => {
    const analysis = analyses.get(run.id)
    if (!analysis?.subspaceAngles) return []
    const errorOf = (wanted: 'MODEL' | 'PCA') =>
      analysis.subjects.find(({ subject }) => subject === wanted)?.metrics.unclippedMeanSquaredError ?? null
    const angles = analysis.subspaceAngles.map((radians) => (radians * 180) / Math.PI)
    return [{ run, angles, meanSquaredError: errorOf('MODEL'), pcaMeanSquaredError: errorOf('PCA') }]
  })
}

/** Lists every principal angle. */
export function subspacesTable(measured: MeasuredRuns): FigureTable {
  return {
    columns: ['run', 'label', 'direction', 'principal angle (degrees)', 'mse, not clipped', 'pca mse, not clipped'],
    rows: subspaces(measured).flatMap(({ run, angles, meanSquaredError, pcaMeanSquaredError }) =>
      angles.map((angle, index) => [run.number, run.label, index + 1, angle, meanSquaredError, pcaMeanSquaredError]),
    ),
  }
}
