import type { FigureTable } from '../download/FigureSource'
import { readRunConfig } from '../graphql/readRunConfig'
import type { ExperimentRun } from '../hooks/useExperiment'
import type { RunAnalysis } from '../hooks/useExperimentAnalyses'

export interface Contraction {
  readonly run: ExperimentRun
  /** Mean of ‖∂f/∂x‖_F over test examples. */
  readonly jacobianNorm: number
  readonly meanSquaredError: number
  /** How many times smaller the norm is than the reference’s; null without a reference, and of the reference itself. */
  readonly contraction: number | null
  /** The error over the reference’s; null as above. */
  readonly errorRatio: number | null
}

export interface Contractions {
  /** The run without a penalty that others are compared with; null where there is none. */
  readonly reference: ExperimentRun | null
  readonly rows: readonly Contraction[]
}

interface MeasuredRuns {
  readonly runs: readonly ExperimentRun[]
  readonly analyses: ReadonlyMap<string, RunAnalysis | null>
}

/**
 * Compares how much encoders contract, and at what error: the ratio between the mean Jacobian norm of an autoencoder without a penalty and that
 * of a contractive one, which Rifai et al. 2011 report. The first measured run without a penalty is the reference.
 */
export function contractions({ runs, analyses }: MeasuredRuns): Contractions {
  const measured = runs.flatMap((run) => {
    const metrics = analyses.get(run.id)?.subjects.find(({ subject }) => subject === 'MODEL')?.metrics
    const { jacobianNorm = null, meanSquaredError = null } = metrics ?? {}
    return jacobianNorm === null || meanSquaredError === null ? [] : [{ run, jacobianNorm, meanSquaredError }]
  })
  const reference = measured.find(({ run }) => readRunConfig(run.config).regularizer.kind === 'none')
  const rows = measured.map((row): Contraction => {
    const isCompared = reference !== undefined && row !== reference
    return {
      ...row,
      contraction: isCompared ? reference.jacobianNorm / row.jacobianNorm : null,
      errorRatio: isCompared ? row.meanSquaredError / reference.meanSquaredError : null,
    }
  })
  return { reference: reference?.run ?? null, rows }
}

/** Lists norms, errors and their ratios to the reference. */
export function contractionsTable(measured: MeasuredRuns): FigureTable {
  const { reference, rows } = contractions(measured)
  const than = reference ? `#${reference.number}` : 'a run without a penalty'
  return {
    columns: ['run', 'label', 'mean Jacobian norm', 'mse', `norm of ${than} over this`, `mse over that of ${than}`],
    rows: rows.map(({ run, jacobianNorm, meanSquaredError, contraction, errorRatio }) => [
      run.number,
      run.label,
      jacobianNorm,
      meanSquaredError,
      contraction,
      errorRatio,
    ]),
  }
}
