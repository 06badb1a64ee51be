import { isNone } from '@hourglass/autoencoders'
import { readRunConfig } from '../../data/readRunConfig'
import type { FigureTable } from '../../ui/FigureSource'
import type { MeasuredRuns } from './measuredRuns'
import type { ExperimentRun } from './useExperiment'

export interface Contraction {
  readonly run: ExperimentRun
  /** Mean of ‖∂f/∂x‖_F over test examples. */
  readonly jacobianNorm: number
  /** The same over the codes’ spread, whatever their scale; null of analyses by earlier versions. */
  readonly scaledJacobianNorm: number | null
  /** Mean of ‖∂r/∂x‖_F of the whole reconstruction; null likewise, and of models that are too large. */
  readonly reconstructionJacobianNorm: number | null
  /** Not clipped, as what is minimized. */
  readonly meanSquaredError: number
  /** How many times smaller the norm is than the reference’s; null without a reference, and of the reference itself. */
  readonly contraction: number | null
  /** How many times smaller the norm over the spread is; null as above. */
  readonly scaledContraction: number | null
  /** The error over the reference’s; null as above. */
  readonly errorRatio: number | null
}

export interface Contractions {
  /** The run without a penalty that others are compared with; null where there is none. */
  readonly reference: ExperimentRun | null
  readonly rows: readonly Contraction[]
}

/**
 * Compares how much encoders contract, and at what error: the ratio between the mean Jacobian norm of an autoencoder without a penalty and that
 * of a contractive one, which Rifai et al. 2011 report. The reference is the first measured run without a penalty and without corruption; only runs of
 * its data and its architecture are compared with it.
 */
export function contractions({ runs, analyses }: MeasuredRuns): Contractions {
  const measured = runs.flatMap((run) => {
    const metrics = analyses.get(run.id)?.subjects.find(({ subject }) => subject === 'MODEL')?.metrics
    const { jacobianNorm = null, unclippedMeanSquaredError: meanSquaredError = null } = metrics ?? {}
    const { scaledJacobianNorm = null, reconstructionJacobianNorm = null } = metrics ?? {}
    const row = { run, jacobianNorm, scaledJacobianNorm, reconstructionJacobianNorm, meanSquaredError }
    return row.jacobianNorm === null || row.meanSquaredError === null
      ? []
      : [{ ...row, jacobianNorm: row.jacobianNorm, meanSquaredError: row.meanSquaredError }]
  })
  const reference = measured.find(({ run }) => isPlain(run))
  const rows = measured.map((row): Contraction => {
    const isCompared = reference !== undefined && row !== reference && isComparable(row.run, reference.run)
    return {
      ...row,
      contraction: isCompared ? reference.jacobianNorm / row.jacobianNorm : null,
      scaledContraction: isCompared ? ratioOf(reference.scaledJacobianNorm, row.scaledJacobianNorm) : null,
      errorRatio: isCompared ? row.meanSquaredError / reference.meanSquaredError : null,
    }
  })
  return { reference: reference?.run ?? null, rows }
}

function ratioOf(reference: number | null, own: number | null): number | null {
  return reference === null || own === null ? null : reference / own
}

function isPlain({ config }: ExperimentRun): boolean {
  const { regularizer, corruption } = readRunConfig(config)
  return isNone(regularizer) && isNone(corruption)
}

function isComparable(...runs: readonly ExperimentRun[]): boolean {
  return new Set(runs.map(({ config }) => JSON.stringify([readRunConfig(config).data, readRunConfig(config).architecture]))).size === 1
}

/** Lists norms, errors and their ratios to the reference. */
export function contractionsTable(measured: MeasuredRuns): FigureTable {
  const { reference, rows } = contractions(measured)
  const than = reference ? `run ${reference.number}` : 'a run without a penalty'
  return {
    columns: [
      ...['run', 'label', 'mean Jacobian norm', 'mse, not clipped', `norm of ${than} over this`, `mse over that of ${than}`],
      ...['scaled Jacobian norm', `scaled norm of ${than} over this`, 'reconstruction Jacobian'],
    ],
    rows: rows.map(({ run, ...row }) => [
      run.number,
      run.label,
      row.jacobianNorm,
      row.meanSquaredError,
      row.contraction,
      row.errorRatio,
      row.scaledJacobianNorm,
      row.scaledContraction,
      row.reconstructionJacobianNorm,
    ]),
  }
}
