'use client'
import { useCallback, useMemo, useState } from 'react'
import type { BrowserModel } from '../../entities/model/openLatentModel'
import type { ExplorerStore } from './explorerStore'
import { exampleName, type MapExamples } from './mapExamples'
import { requireFinite } from './parseCode'
import { type ExampleSource, useLoadExample } from './useExample'

/** Shows examples of a run, known by their rows, and goes to their codes. */
export interface ExampleAccess {
  readonly source: ExampleSource
  readonly model: BrowserModel | null
  readonly nameOf: (row: number) => string
  /** Class of one; null where the page does not know it. */
  readonly labelOf: (row: number) => number | null
  /** Code of one; null where the page does not hold it. */
  readonly codeOf: (row: number) => Float32Array | null
  /** Goes to the code of one, which is encoded here where the page does not hold it. */
  readonly go: (row: number, at: number) => void
}

interface ExampleAccessOptions {
  readonly source: ExampleSource
  readonly store: ExplorerStore
  readonly model: BrowserModel | null
  /** Those that the map shows, and those whose codes the page holds. */
  readonly known: readonly MapExamples[]
}

/** Offers the examples of a run, whether the page holds their codes or not. `error` says why the latest could not be gone to. */
export function useExampleAccess({ source, store, model, known }: ExampleAccessOptions): {
  readonly access: ExampleAccess
  readonly error: Error | null
} {
  const load = useLoadExample(source)
  const [error, setError] = useState<Error | null>(null)
  const codeOf = useCallback(
    (row: number) => {
      for (const examples of known) {
        const index = examples.indexOf(row)
        const code = index < 0 ? null : examples.codeOf(index)
        if (code) return code
      }
      return null
    },
    [known],
  )
  const go = useCallback(
    (row: number, at: number) => {
      setError(null)
      const held = codeOf(row)
      if (held) return store.go(held, at)
      if (!model) return setError(new Error('the model is not open yet'))
      load(row)
        .then((example) => model.ahead.encode(example, 1))
        .then((code) => {
          requireFinite(code)
          store.go(code)
        })
        .catch(setError)
    },
    [codeOf, load, model, store],
  )
  const access = useMemo(
    (): ExampleAccess => ({
      source,
      model,
      nameOf: (row) => exampleName(row, source.counts),
      labelOf: (row) => {
        for (const examples of known) {
          const index = examples.indexOf(row)
          if (index >= 0) return examples.labels[index] ?? null
        }
        return null
      },
      codeOf,
      go,
    }),
    [source, model, known, codeOf, go],
  )
  return { access, error }
}
