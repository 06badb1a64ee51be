'use client'
import { Skeleton } from '@mantine/core'
import { CodeLine } from '../../../entities/model/CodeLine'
import type { BrowserModel } from '../../../entities/model/openLatentModel'
import { useCodeLine } from '../../../entities/model/useCodeLine'
import { Unread } from '../../../ui/Unread'
import type { AnalysedRun, AnalysisFigure } from '../AnalysisFigure'
import { useMeasuredModel } from '../useMeasuredModel'

function LineOfRun(analysed: AnalysedRun) {
  const { codes, model, failed, retry } = useMeasuredModel(analysed)
  if (failed) return <Unread what="The model" onRetry={retry} />
  return codes && model ? <Opened {...analysed} codesUrl={codes.url} model={model} /> : <Skeleton height={340} />
}

interface OpenedProps extends AnalysedRun {
  readonly codesUrl: string
  readonly model: BrowserModel
}

function Opened({ run, analysis, codesUrl, model }: OpenedProps) {
  const { training, placed, error, retry } = useCodeLine(codesUrl, analysis)
  const places = training ?? placed
  if (error) return <Unread what="The codes" onRetry={retry} />
  if (!places) return <Skeleton height={340} />
  return (
    <CodeLine
      label={run.name}
      epoch={analysis.epoch}
      model={model}
      training={places}
      placed={placed}
      exampleShape={run.dataset.exampleShape}
    />
  )
}

/** Shows a code of one unit as a line, with training images at their places. */
export const codeLine: AnalysisFigure = {
  title: 'Code line',
  note: 'Training images at the places of their codes, what is decoded along the line, and what lies between two of them',
  table: ({ codeLine: places }) => ({
    columns: ['training image by code', 'class', 'z1'],
    rows: places.map(({ label, code }, rank) => [rank + 1, label, code]),
  }),
  draw: ({ run, analysis }) => (analysis.codeLine.length > 0 ? <LineOfRun key={analysis.at} run={run} analysis={analysis} /> : null),
}
