'use client'
import { type CodeCloud, readCodes } from '@hourglass/autoencoders/latent'
import { useMemo } from 'react'
import type { AnalysisFieldsFragment } from '../../data/generated/graphql'
import { tensorsFile } from '../../files/fileSources'
import { useFile } from '../../files/useFiles'
import type { FigureTable } from '../../ui/FigureSource'

/** The plane of two principal components, beside which a code of two units is set. */
export interface PrincipalPlane {
  /** Of test examples, those of the codes that are beside them, `[n, 2]`. */
  readonly codes: Float32Array
  /** `[3, values of one example]`: the mean of the training images, then both components. */
  readonly decoder: Float32Array
  /** Of the training images’ variance, the share along each. */
  readonly varianceShares: readonly number[]
}

export interface PlaneCodes {
  /** Null before they are there. */
  readonly cloud: CodeCloud | null
  /** Null likewise, and of a run that was not measured. */
  readonly plane: PrincipalPlane | null
  readonly error: Error | null
  /** Asks again for what did not arrive. */
  readonly retry: () => void
  /** Lists both codes of each example; null before there are any. */
  readonly table: (() => FigureTable) | null
}

type Measured = Pick<AnalysisFieldsFragment, 'figures' | 'principalPlane'>

/** Loads the codes of an epoch, and the same examples’ places in the plane of principal components once these were measured. */
export function usePlaneCodes(codesUrl: string, analysis: Measured | null): PlaneCodes {
  const urlOf = (part: string) => analysis?.figures.find(({ name }) => name === `principalPlane/${part}`)?.url
  const source = (url: string | undefined) => (url === undefined ? null : tensorsFile(url))
  const stored = useFile(tensorsFile(codesUrl))
  const projected = useFile(source(urlOf('codes')))
  const decoding = useFile(source(urlOf('decoder')))
  const cloud = useMemo(() => readCodes(stored.shown), [stored.shown])
  const varianceShares = analysis?.principalPlane?.varianceShares
  const plane = useMemo((): PrincipalPlane | null => {
    const codes = projected.shown?.values?.values
    const decoder = decoding.shown?.values?.values
    return codes && decoder && varianceShares ? { codes, decoder, varianceShares } : null
  }, [projected.shown, decoding.shown, varianceShares])
  const table = useMemo(() => (cloud ? () => planeTable(cloud, plane) : null), [cloud, plane])
  const failed = [stored, projected, decoding].filter(({ error }) => error !== null)
  return {
    cloud,
    plane,
    error: failed[0]?.error ?? null,
    retry: () => {
      for (const each of failed) each.retry()
    },
    table,
  }
}

/** Lists the code of each test example beside its principal components. */
function planeTable({ codes, labels }: CodeCloud, plane: PrincipalPlane | null): FigureTable {
  return {
    columns: ['example', 'class', 'z1', 'z2', 'principal component 1', 'principal component 2'],
    rows: Array.from(labels, (label, index) => [
      index,
      label,
      codes[2 * index] ?? null,
      codes[2 * index + 1] ?? null,
      plane?.codes[2 * index] ?? null,
      plane?.codes[2 * index + 1] ?? null,
    ]),
  }
}
