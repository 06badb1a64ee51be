'use client'

import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useAction } from '../../data/useAction'
import { analyzeRun } from '../../entities/run/runActions'
import { runStatuses } from '../../entities/run/runStatus'
import type { RowProps } from './FigureProps'
import { FigureRow } from './FigureRow'
import { type RunFact, runFacts } from './runFacts'
import type { RunAnalysis } from './useExperimentAnalyses'
import { Waiting, WaitingSkeleton } from './Waiting'

interface AnalysisRowProps extends RowProps {
  readonly facts?: (analysis: RunAnalysis) => readonly RunFact[]
  /** What the analysis has to show here; null where it has nothing. */
  readonly children: (analysis: RunAnalysis) => ReactNode
}

/** Shows a part of what a run was measured with after its last epoch; before, when that will be. */
export function AnalysisRow({ run, analysis, facts, children }: AnalysisRowProps) {
  const shown = analysis ? children(analysis) : null
  return (
    <FigureRow run={run} facts={[...runFacts(run), ...(analysis && facts ? facts(analysis) : [])]}>
      {shown ?? <Unmeasured run={run} analysis={analysis} />}
    </FigureRow>
  )
}

function Unmeasured({ run, analysis }: RowProps) {
  const analyze = useAction(analyzeRun)
  if (analysis === undefined && run.status === 'COMPLETED') return <WaitingSkeleton />
  if (run.status !== 'COMPLETED' || analysis) return <Waiting>{whenMeasured(run, analysis != null)}</Waiting>
  return (
    <Waiting>
      <div>
        <p>This run was not measured after its last epoch.</p>
        <Button
          mt={8}
          size="xs"
          variant="default"
          loading={analyze.isRunning}
          onClick={() => void analyze.run({ id: run.id })}
          data-not-in-figure
        >
          Measure now
        </Button>
      </div>
    </Waiting>
  )
}

function whenMeasured({ status, progress }: RowProps['run'], measured: boolean): string {
  if (measured) return 'Nothing of this kind was measured of this run.'
  if (progress?.stage === 'MEASURING') return 'Being measured.'
  return runStatuses[status].active ? 'Measured after its last epoch.' : 'Measured once all its epochs are finished.'
}
