'use client'
import { useApolloClient } from '@apollo/client/react'
import { meanCode } from '@hourglass/autoencoders/latent'
import { useMemo } from 'react'
import { ExampleSelectionDocument } from '../../data/generated/graphql'
import { readUncached } from '../../data/readUncached'
import { useAnswer } from '../../data/useAnswer'
import { countClasses, describeImages, worstOf } from './selectionFacts'
import type { EpochCloud } from './useMapFit'

/** What examples that are selected have in common, and how they differ. */
export interface SelectionFacts {
  /** Mean of their codes; null for none. */
  readonly code: Float32Array | null
  /** Mean of their images and standard deviation of each pixel; null before these are there, and for points. */
  readonly images: { readonly mean: Float32Array; readonly spread: Float32Array; readonly largest: number } | null
  readonly classes: readonly { readonly label: number; readonly count: number }[]
  readonly worst: readonly { readonly row: number; readonly error: number }[]
}

interface SelectionFactsOptions {
  readonly runId: string
  readonly rows: readonly number[]
  readonly cloud: EpochCloud
  readonly size: number
  readonly exampleShape: readonly number[]
  /** Test examples whose codes the page holds; null before they are there. */
  readonly originals: Float32Array | null
  /** Of each of these; null while they are computed. */
  readonly errors: Float32Array | null
  /** How many of the worst are told. */
  readonly worst: number
}

/** Describes a selection: here where the page holds the codes of all that are selected, by the lab where it does not. */
export function useSelectionFacts(options: SelectionFactsOptions): { readonly facts: SelectionFacts | null; readonly error: Error | null } {
  const { runId, rows, cloud, size, exampleShape, originals, errors, worst } = options
  const isHeld = rows.every((row) => row < cloud.labels.length)
  const client = useApolloClient()
  const pixels = exampleShape.reduce((product, length) => product * length, 1)
  const held = useMemo(
    (): SelectionFacts | null =>
      isHeld
        ? {
            code: meanCode(cloud.codes, { size, rows: [...rows] }),
            images: originals && exampleShape.length > 1 && rows.length > 0 ? describeImages(originals, { size: pixels, rows }) : null,
            classes: countClasses(cloud.labels, rows),
            worst: errors ? worstOf(errors, rows, worst).map((row) => ({ row, error: errors[row] ?? 0 })) : [],
          }
        : null,
    [isHeld, cloud, size, rows, originals, exampleShape, pixels, errors, worst],
  )
  const ask = useMemo(
    () =>
      isHeld
        ? null
        : async (signal: AbortSignal): Promise<{ readonly rows: readonly number[]; readonly facts: SelectionFacts }> => {
            const variables = { runId, epoch: cloud.epoch, rows: [...rows] }
            const { exampleSelection } = await readUncached(client, { query: ExampleSelectionDocument, variables, signal })
            const { code, mean, deviations, classes, worst: found } = exampleSelection
            const largest = deviations.reduce((most, value) => Math.max(most, value), 0)
            const spread = Float32Array.from(deviations, (value) => (largest > 0 ? value / largest : 0))
            const images = exampleShape.length > 1 ? { mean: Float32Array.from(mean), spread, largest } : null
            const byCount = classes.toSorted((a, b) => b.count - a.count || a.label - b.label)
            return { rows, facts: { code: Float32Array.from(code), images, classes: byCount, worst: found.slice(0, worst) } }
          },
    [isHeld, client, runId, cloud.epoch, rows, exampleShape, worst],
  )
  const { answer, error } = useAnswer(ask)
  return { facts: held ?? (answer?.rows === rows ? answer.facts : null), error: isHeld ? null : error }
}
