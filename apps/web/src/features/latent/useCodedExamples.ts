'use client'
import { useApolloClient } from '@apollo/client/react'
import { useEffect, useMemo, useReducer, useState } from 'react'
import { CodedExamplesDocument, type CodedExamplesSubscription } from '../../data/generated/graphql'
import { resumingSubscription } from '../../data/resumingSubscription'
import type { Tensors } from '../../files/fetchTensors'
import { tensorsFile } from '../../files/fileSources'
import { useFile } from '../../files/useFiles'
import type { Projection } from './mapOptions'

/** Which examples of an epoch the lab encodes. */
export interface CodedSet {
  readonly runId: string
  readonly epoch: number
  readonly choice: 'all' | 'sample'
}

type Progress = CodedExamplesSubscription['codedExamples']

export interface CodedState {
  readonly progress: Progress | null
  readonly isReady: boolean
  readonly error: Error | null
  readonly retry: () => void
}

/** Has the lab compute the codes of examples, and follows how far that is; nobody waits for them once another set is asked for, or none. */
export function useCodedExamples(set: CodedSet | null): CodedState {
  const client = useApolloClient()
  const [state, setState] = useState<{ readonly key: string; readonly progress: Progress | null; readonly error: Error | null }>()
  const [attempt, retry] = useReducer((before: number) => before + 1, 0)
  const { runId, epoch, choice } = set ?? { runId: '', epoch: 0, choice: 'all' }
  const key = `${runId} ${epoch} ${choice}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks the same again
  useEffect(() => {
    if (runId === '') return
    let isOver = false
    const subscription = resumingSubscription(client, {
      subscription: CodedExamplesDocument,
      variables: () => ({ runId, epoch, choice: choice === 'all' ? ('ALL' as const) : ('SAMPLE' as const) }),
      repeatWhile: () => !isOver,
    }).subscribe({
      next: ({ codedExamples: progress }) => {
        isOver = progress.isReady || progress.problem !== null
        setState({ key, progress, error: progress.problem && new Error(progress.problem.message) })
      },
      error: (error: Error) => setState({ key, progress: null, error }),
    })
    return () => subscription.unsubscribe()
  }, [client, runId, epoch, choice, key, attempt])
  const current = state?.key === key && set ? state : null
  return { progress: current?.progress ?? null, isReady: current?.progress?.isReady ?? false, error: current?.error ?? null, retry }
}

export interface CodedPlaces extends CodedState {
  readonly places: Tensors | null
}

/** Loads the codes of a set themselves, for what a place does not tell. */
export function useCodedCodes(set: CodedSet | null): CodedState & { readonly codes: Tensors | null } {
  const state = useCodedExamples(set)
  const { arrived, error } = useFile(set && state.isReady ? tensorsFile(codedUrl(set, 'codes.safetensors')) : null)
  return { ...state, codes: arrived, error: state.error ?? error }
}

/** Loads where the lab places the examples of a set on a map: nothing but their places, classes and errors. */
export function useCodedPlaces(wanted: CodedSet | null, projection: Projection, fit: number): CodedPlaces {
  // UMAP is no place that the lab knows.
  const set = projection.kind === 'umap' ? null : wanted
  const state = useCodedExamples(set)
  const map = projection.kind === 'units' ? unitsOf(projection) : 'principal'
  const url = set && codedUrl(set, `places.safetensors?map=${map}&fit=${fit}`)
  const file = useFile(url && state.isReady ? tensorsFile(url) : null)
  const { arrived, error, retry } = file
  return useMemo(
    () => ({
      ...state,
      places: arrived,
      error: state.error ?? error,
      retry: () => {
        state.retry()
        retry()
      },
    }),
    [state, arrived, error, retry],
  )
}

/** Addresses a file of a set. */
export function codedUrl({ runId, epoch, choice }: CodedSet, file: string): string {
  return `/artifacts/runs/${runId}/${choice}/${epoch}/${file}`
}

const unitsOf = ({ across, up }: { readonly across: number; readonly up: number | null }) =>
  up === null ? `z${across + 1}` : `z${across + 1}-z${up + 1}`
