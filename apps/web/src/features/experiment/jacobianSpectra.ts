import { drawableSpectrum } from '../../entities/analysis/jacobianSpectrum'
import type { FigureTable } from '../../ui/FigureSource'
import type { MeasuredRuns } from './measuredRuns'
import type { ExperimentRun } from './useExperiment'

/** One half of what is compared: how much the code, or the whole reconstruction, answers to small changes of an example. */
export interface Response {
  /** Mean of the Jacobian’s Frobenius norm over test examples. */
  readonly norm: number | null
  /** The same over how far apart codes, or reconstructions, lie; null of analyses by earlier versions. */
  readonly scaledNorm: number | null
  /** Mean singular values, falling, as far as they are more than rounding; none for long codes. */
  readonly singularValues: readonly number[]
}

export interface ComparedSpectra {
  readonly run: ExperimentRun
  readonly encoder: Response
  readonly reconstruction: Response
  /** What of a change of the code is left in the reconstruction, both free of scale: below 1 the decoder resists. */
  readonly passedOn: number | null
}

/** Sets how much encoders answer to small changes of examples beside how much reconstructions do. */
export function jacobianSpectra({ runs, analyses }: MeasuredRuns): readonly ComparedSpectra[] {
  return runs.flatMap((run): readonly ComparedSpectra[] => {
    const analysis = analyses.get(run.id)
    const metrics = analysis?.subjects.find(({ subject }) => subject === 'MODEL')?.metrics
    if (!analysis || !metrics) return []
    const { jacobianNorm, scaledJacobianNorm, reconstructionJacobianNorm, scaledReconstructionJacobianNorm } = metrics
    if (jacobianNorm === null && reconstructionJacobianNorm === null) return []
    const spectra = analysis.jacobianSpectra
    return [
      {
        run,
        encoder: { norm: jacobianNorm, scaledNorm: scaledJacobianNorm, singularValues: drawableSpectrum(spectra?.encoder) },
        reconstruction: {
          norm: reconstructionJacobianNorm,
          scaledNorm: scaledReconstructionJacobianNorm,
          singularValues: drawableSpectrum(spectra?.reconstruction),
        },
        passedOn: ratioOf(scaledReconstructionJacobianNorm, scaledJacobianNorm),
      },
    ]
  })
}

function ratioOf(over: number | null, under: number | null): number | null {
  return over === null || !under ? null : over / under
}

/** Returns singular values over how far apart codes, or reconstructions, lie; none where that is not known. */
export function scaledSpectrum({ norm, scaledNorm, singularValues }: Response): readonly number[] {
  const factor = ratioOf(scaledNorm, norm)
  return factor === null ? [] : singularValues.map((value) => value * factor)
}

/** Lists every singular value, as measured and free of scale, with the norms of its run. */
export function jacobianSpectraTable(measured: MeasuredRuns): FigureTable {
  const columns = ['of', 'norm', 'scaled norm', 'direction', 'singular value', 'scaled singular value']
  return {
    columns: ['run', 'label', ...columns],
    rows: jacobianSpectra(measured).flatMap(({ run, encoder, reconstruction }) =>
      [
        { of: 'code', ...encoder },
        { of: 'reconstruction', ...reconstruction },
      ].flatMap((response) => {
        const scaled = scaledSpectrum(response)
        const head = [run.number, run.label, response.of, response.norm, response.scaledNorm]
        return response.singularValues.length === 0
          ? [[...head, null, null, null]]
          : response.singularValues.map((value, index) => [...head, index + 1, value, scaled[index] ?? null])
      }),
    ),
  }
}
