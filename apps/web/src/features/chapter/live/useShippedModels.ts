import type { ModelFile, ShippedModels } from '@hourglass/chapter/models'
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { useAnswer } from '../../../data/useAnswer'

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
  const isNear = useIsNear(place)
  const ask = useMemo(() => (isNear ? (signal: AbortSignal) => fetchModels(addresses[name], signal) : null), [isNear, name])
  const { answer: models, error, isRetrying, retry } = useAnswer(ask)
  return { place, models, problem: error && !isRetrying ? error.message : null, again: retry }
}

/** Tells whether a place has come near the window. */
function useIsNear(place: RefObject<HTMLElement | null>): boolean {
  const [isNear, setNear] = useState(false)
  useEffect(() => {
    if (isNear || !place.current) return undefined
    const watch = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setNear(true)
      },
      { rootMargin: '600px' },
    )
    watch.observe(place.current)
    return () => watch.disconnect()
  }, [place, isNear])
  return isNear
}

async function fetchModels(address: URL, signal: AbortSignal): Promise<ShippedModels> {
  const [response, { openModels }] = await Promise.all([fetch(address, { signal }), import('@hourglass/chapter/models')])
  if (!response.ok) throw new Error(`The lab answered ${response.status} where the models of this figure were asked for.`)
  return openModels((await response.json()) as ModelFile)
}
