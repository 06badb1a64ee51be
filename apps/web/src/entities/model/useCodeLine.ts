'use client'
import { readTrainingCodes } from '@hourglass/autoencoders/latent'
import { useMemo } from 'react'
import type { AnalysisFieldsFragment } from '../../data/generated/graphql'
import { imageFile, tensorsFile } from '../../files/fileSources'
import { useFile } from '../../files/useFiles'
import type { FigureTable } from '../../ui/FigureSource'

/** Training examples by rising code. */
export interface CodeLinePlaces {
  readonly codes: Float32Array
  readonly labels: readonly number[]
}

/** The same with their images side by side in a strip. */
export interface PlacedImages extends CodeLinePlaces {
  readonly strip: HTMLImageElement
}

export interface CodeLineState {
  /** Null before they are there. */
  readonly training: CodeLinePlaces | null
  /** As they are in the training data; null likewise, and of a run that was not measured. */
  readonly placed: PlacedImages | null
  /** Whether the file of an earlier version holds no codes of training examples. */
  readonly isMissing: boolean
  readonly error: Error | null
  readonly retry: () => void
  /** Lists the code of each training example; null before there are any. */
  readonly table: (() => FigureTable) | null
}

/** Loads the codes of training examples after an epoch, and the images at their places once these were measured. */
export function useCodeLine(codesUrl: string, analysis: Pick<AnalysisFieldsFragment, 'figures' | 'codeLine'> | null): CodeLineState {
  const stored = useFile(tensorsFile(codesUrl))
  const url = analysis?.figures.find(({ name }) => name === 'codeLine/images')?.url
  const images = useFile(url === undefined ? null : imageFile(url))
  const training = useMemo(() => byRisingCode(readTrainingCodes(stored.shown)), [stored.shown])
  const places = analysis?.codeLine
  const placed = useMemo(
    () =>
      images.shown && places && places.length > 0
        ? { strip: images.shown, codes: Float32Array.from(places, ({ code }) => code), labels: places.map(({ label }) => label) }
        : null,
    [images.shown, places],
  )
  const failed = [stored, images].filter(({ error }) => error !== null)
  const table = useMemo(() => (training ? () => lineTable(training) : null), [training])
  return {
    training,
    placed,
    isMissing: stored.shown !== null && training === null,
    error: failed[0]?.error ?? null,
    retry: () => {
      for (const each of failed) each.retry()
    },
    table,
  }
}

function byRisingCode(cloud: ReturnType<typeof readTrainingCodes>): CodeLinePlaces | null {
  if (cloud === null || cloud.codes.length === 0) return null
  const { codes, labels } = cloud
  const order = [...codes.keys()].sort((a, b) => (codes[a] ?? 0) - (codes[b] ?? 0))
  return { codes: Float32Array.from(order, (index) => codes[index] ?? 0), labels: order.map((index) => labels[index] ?? 0) }
}

function lineTable({ codes, labels }: CodeLinePlaces): FigureTable {
  return { columns: ['training example by code', 'class', 'z1'], rows: labels.map((label, rank) => [rank + 1, label, codes[rank] ?? null]) }
}
