'use client'
import { Skeleton } from '@mantine/core'
import { PrincipalAxesPlot } from '../../../entities/run/PrincipalAxesPlot'
import { principalAxesTable } from '../../../entities/run/principalAxesTable'
import { useReconstructions } from '../../../entities/run/useReconstructions'
import { useExamples } from '../../../files/useExamples'
import { Unread } from '../../../ui/Unread'
import type { AnalysedRun, AnalysisFigure } from '../AnalysisFigure'

function AxesOfRun({ run, analysis: { epoch, principalAxes: axes } }: AnalysedRun) {
  const { reconstructions, failed, retry } = useReconstructions(run.id, epoch)
  const { points, error, retry: reload } = useExamples(reconstructions)
  if (points) return <PrincipalAxesPlot points={points} axes={axes} label={run.name} />
  return failed || error ? <Unread what="The points" onRetry={failed ? retry : reload} /> : <Skeleton width={366} height={380} />
}

/** Shows the axes along which points vary, and where the run puts test points. */
export const principalAxes: AnalysisFigure = {
  title: 'Principal components',
  note: 'Test points joined to where this run puts them, and the principal components of the training points, drawn from their mean, each as long as the standard deviation along it',
  table: ({ principalAxes: axes }) => principalAxesTable(axes),
  draw: ({ run, analysis }) => (analysis.principalAxes ? <AxesOfRun run={run} analysis={analysis} /> : null),
}
