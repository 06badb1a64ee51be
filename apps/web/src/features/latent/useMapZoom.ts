'use client'
import { select } from 'd3-selection'
import { type D3ZoomEvent, type ZoomBehavior, zoom, zoomIdentity } from 'd3-zoom'
import { type RefObject, useEffect, useEffectEvent, useMemo } from 'react'

const SCALES: [number, number] = [0.5, 400]
/** A press that moves by less is a press. */
const CLICK_DISTANCE = 4
const ZOOM_STEP = 1.5
/** Share of the side that a key moves the view by. */
const PAN_STEP = 0.1

type View = { readonly k: number; readonly x: number; readonly y: number }

interface MapZoomOptions {
  readonly element: RefObject<HTMLDivElement | null>
  /** Whether an event moves the view; what it does not is for others. */
  readonly isFor: (event: Event) => boolean
  readonly onView: (view: View) => void
  /** How far one zooms out and in. A module keeps it. */
  readonly scales?: [number, number]
}

export interface MapZoom {
  /** Looks nearer, or from farther away. */
  readonly zoomIn: () => void
  readonly zoomOut: () => void
  /** Shows all. */
  readonly reset: () => void
  /** Looks as it is told. */
  readonly set: (view: View) => void
  /** Moves the view by steps across and down. */
  readonly pan: (across: number, down: number) => void
}

/** Moves how the map is looked at, by wheel, drag and pinch, and by what it returns. */
export function useMapZoom({ element, isFor, onView, scales = SCALES }: MapZoomOptions): MapZoom {
  const accept = useEffectEvent(isFor)
  const tell = useEffectEvent(onView)
  const behaviour = useMemo(
    (): ZoomBehavior<HTMLDivElement, unknown> => zoom<HTMLDivElement, unknown>().scaleExtent(scales).clickDistance(CLICK_DISTANCE),
    [scales],
  )
  useEffect(() => {
    const node = element.current
    if (!node) return
    const selection = select(node)
    behaviour
      .filter((event: MouseEvent & TouchEvent) => (!event.ctrlKey || event.type === 'wheel') && !event.button && accept(event))
      .on('zoom', ({ transform }: D3ZoomEvent<HTMLDivElement, unknown>) => tell(transform))
    // A double press goes there twice; it does not zoom.
    selection.call(behaviour).on('dblclick.zoom', null)
    return () => {
      selection.on('.zoom', null)
    }
  }, [behaviour, element])
  return useMemo(() => {
    const within = (act: (node: HTMLDivElement) => void) => () => element.current && act(element.current)
    return {
      zoomIn: within((node) => select(node).call(behaviour.scaleBy, ZOOM_STEP)),
      zoomOut: within((node) => select(node).call(behaviour.scaleBy, 1 / ZOOM_STEP)),
      reset: within((node) => select(node).call(behaviour.transform, zoomIdentity)),
      set: ({ k, x, y }) => within((node) => select(node).call(behaviour.transform, zoomIdentity.translate(x, y).scale(k)))(),
      pan: (across, down) =>
        within((node) => {
          const matrix = node.dataset.scale === undefined ? 1 : Number(node.dataset.scale)
          const step = (PAN_STEP * node.clientWidth) / matrix
          select(node).call(behaviour.translateBy, -across * step, -down * step)
        })(),
    }
  }, [behaviour, element])
}
