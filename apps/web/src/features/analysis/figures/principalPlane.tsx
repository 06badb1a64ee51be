'use client'
import { Skeleton } from '@mantine/core'
import { CodePlanes } from '../../../entities/model/CodePlanes'
import type { BrowserModel } from '../../../entities/model/openLatentModel'
import { usePlaneCodes } from '../../../entities/model/usePlaneCodes'
import { fetchTensors } from '../../../files/fetchTensors'
import { Unread } from '../../../ui/Unread'
import type { AnalysedRun, AnalysisFigure } from '../AnalysisFigure'
import { filesOf } from '../drawStrips'
import { useMeasuredModel } from '../useMeasuredModel'

function PlaneOfRun(analysed: AnalysedRun) {
  const { codes, model, failed, retry } = useMeasuredModel(analysed)
  if (failed) return <Unread what="The model" onRetry={retry} />
  return codes && model ? <Opened {...analysed} codesUrl={codes.url} model={model} /> : <Skeleton height={700} />
}

interface OpenedProps extends AnalysedRun {
  readonly codesUrl: string
  readonly model: BrowserModel
}

function Opened({ run, analysis, codesUrl, model }: OpenedProps) {
  const { cloud, plane, error, retry } = usePlaneCodes(codesUrl, analysis)
  if (error) return <Unread what="The codes" onRetry={retry} />
  if (!cloud) return <Skeleton height={700} />
  return (
    <CodePlanes
      label={run.name}
      epoch={analysis.epoch}
      model={model}
      cloud={cloud}
      exampleShape={run.dataset.exampleShape}
      plane={plane}
      waiting=""
    />
  )
}

/** Sets the plane of a code of two units beside that of two principal components. */
export const principalPlane: AnalysisFigure = {
  title: 'Code beside PCA',
  note: 'The same test images over both planes, and what is decoded of each place of a grid over the outlined part, within which the middle 96 % of them lie along each axis',
  async table(analysis) {
    const [file] = filesOf(analysis, 'principalPlane').filter(({ name }) => name.endsWith('/codes'))
    const codes = file ? (await fetchTensors(file.url, new AbortController().signal)).values : undefined
    return {
      columns: ['example', 'principal component 1', 'principal component 2'],
      rows: Array.from({ length: codes?.shape[0] ?? 0 }, (_, index) => [
        index,
        ...(codes?.values.subarray(2 * index, 2 * index + 2) ?? []),
      ]),
    }
  },
  draw: ({ run, analysis }) => (analysis.principalPlane ? <PlaneOfRun key={analysis.at} run={run} analysis={analysis} /> : null),
}
