import type { ModelFile, ShippedModels } from '@hourglass/chapter/models'
import { type RefObject, useEffect, useRef, useState } from 'react'

/** Files of models that the build ships; each is fetched where a figure needs it. */
const addresses = {
  circle: new URL('../../../../../../packages/chapter/models/circle.json', import.meta.url),
  codeSizes: new URL('../../../../../../packages/chapter/models/code-sizes.json', import.meta.url),
  contraction: new URL('../../../../../../packages/chapter/models/contraction.json', import.meta.url),
  curve: new URL('../../../../../../packages/chapter/models/curve.json', import.meta.url),
  denoiser: new URL('../../../../../../packages/chapter/models/denoiser.json', import.meta.url),
}

export type ModelsOf = keyof typeof addresses

export interface FetchedModels {
  /** Goes to the figure: the file is fetched once that is near the window. */
  readonly place: RefObject<HTMLElement | null>
  /** Null until they are there. */
  readonly models: ShippedModels | null
  /** What stands between the reader and the figure; null where nothing does. */
  readonly problem: string | null
  readonly again: () => void
}

/** Fetches the models of a figure once a reader comes near it. */
export function useShippedModels(name: ModelsOf): FetchedModels {
  const place = useRef<HTMLElement>(null)
  const [models, setModels] = useState<ShippedModels | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [attempt, setAttempt] = useState(0)
  // Each attempt begins anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the attempt says when.
  useEffect(() => {
    if (!place.current) return undefined
    const leaving = new AbortController()
    const open = async () => {
      try {
        setModels(await fetchModels(addresses[name], leaving.signal))
      } catch (cause) {
        if (!leaving.signal.aborted) setProblem(cause instanceof Error ? cause.message : String(cause))
      }
    }
    const watch = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return
        watch.disconnect()
        void open()
      },
      { rootMargin: '600px' },
    )
    watch.observe(place.current)
    return () => {
      watch.disconnect()
      leaving.abort()
    }
  }, [name, attempt])
  const again = () => {
    setProblem(null)
    setAttempt((before) => before + 1)
  }
  return { place, models, problem, again }
}

async function fetchModels(address: URL, signal: AbortSignal): Promise<ShippedModels> {
  const [response, { openModels }] = await Promise.all([fetch(address, { signal }), import('@hourglass/chapter/models')])
  if (!response.ok) throw new Error(`The lab answered ${response.status} where the models of this figure were asked for.`)
  return openModels((await response.json()) as ModelFile)
}
