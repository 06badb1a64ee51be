'use client'
import { latentDimensionOf } from '@hourglass/autoencoders'
import { Button } from '@mantine/core'
import { measuredTable } from '../../entities/analysis/analysisTables'
import { scoredLoss } from '../../entities/metric/scoredOn'
import type { AnalysisSectionProps } from '../../entities/run/RunSections'
import { runSource } from '../../entities/run/runFigures'
import type { Run } from '../../entities/run/useRun'
import { FigureSection } from '../../ui/FigureSection'
import { formatCounted, formatDuration } from '../../ui/formatQuantity'
import { PageSection } from '../../ui/PageSection'
import { AnalysisFigures } from './AnalysisFigures'
import classes from './AnalysisSection.module.css'
import { FineTuning } from './FineTuning'
import { MeasuredTable } from './MeasuredTable'
import { SubspaceAngles } from './SubspaceAngles'

/** Shows what a completed run was measured with on test data, and what it is compared with; before, how it comes to be measured. */
export function AnalysisSection({ run, onAnalyze }: AnalysisSectionProps) {
  const { analysis, analysisError, analysisProblem, status } = run
  if (!analysis) {
    return (
      <PageSection id="run-analysis" title="Measured on test data">
        {status === 'COMPLETED' ? (
          <div className={classes.empty}>
            {analysisError && (
              <p role="alert">
                It could not be measured: {analysisError.message} <code>{analysisError.code}</code>
              </p>
            )}
            {analysisProblem === null ? (
              <p>This run has not been measured beside PCA and other baselines yet. It takes seconds, up to a minute for large models.</p>
            ) : (
              <p role="alert">
                The run was measured, but this version of Hourglass cannot read what was stored. {analysisProblem} Measuring again replaces
                what is stored.
              </p>
            )}
            <Button size="xs" variant="default" onClick={onAnalyze}>
              {analysisProblem === null ? 'Measure now' : 'Measure again and replace'}
            </Button>
          </div>
        ) : (
          <p className={classes.note}>{whenMeasured(run)}</p>
        )}
      </PageSection>
    )
  }
  const { epochs } = run.summary
  const when =
    analysis.epoch === run.finalEpoch
      ? analysis.epoch === epochs
        ? 'after the last epoch'
        : `after epoch ${analysis.epoch}, which has the lowest ${scoredLoss([run.config]).toLowerCase()}`
      : `after epoch ${analysis.epoch}, before epochs were added: measured again once these are trained`
  const { counts, chosen, subjects, subspaceAngles, fineTuning, principalComponents, exampleErrors, seconds } = analysis
  return (
    <>
      <FigureSection
        id="run-analysis"
        title="Measured on test data"
        note={`${formatCounted(counts.test, 'test example')}, ${when}, in ${formatDuration(seconds)}`}
        controls={
          status === 'COMPLETED' && (
            <Button size="compact-xs" variant="default" onClick={onAnalyze}>
              Measure again
            </Button>
          )
        }
        what="measurements"
        source={runSource(run, 'Measurements')}
        table={() => measuredTable(subjects)}
        state={
          <>
            {subspaceAngles && <SubspaceAngles angles={subspaceAngles} />}
            {fineTuning && <FineTuning outcome={fineTuning} />}
            {!exampleErrors && (
              <p className={classes.note}>
                An earlier version measured this run and kept no error of single examples: measured again, it has them.
              </p>
            )}
          </>
        }
      >
        <MeasuredTable
          subjects={subjects}
          counts={counts}
          chosen={chosen}
          codeSize={latentDimensionOf(run.config.architecture, run.dataset.exampleShape)}
          components={principalComponents}
        />
      </FigureSection>
      <AnalysisFigures run={run} analysis={analysis} />
    </>
  )
}

function whenMeasured({ status, progress }: Run): string {
  if (progress?.stage === 'MEASURING') return 'Measuring: reconstruction, features, compression, inpainting, tangent directions…'
  if (status === 'QUEUED' || status === 'RUNNING') {
    return 'After the last epoch the run is measured on test data, beside PCA, the mean image and, for denoising, filters that see the same corrupted images.'
  }
  return 'Runs are measured once all their epochs are finished.'
}
