'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import classes from './Presentation.module.css'
import { SLIDE } from './slide'

const forwards = new Set(['ArrowRight', 'ArrowDown', 'PageDown'])
const backwards = new Set(['ArrowLeft', 'ArrowUp', 'PageUp'])

interface PresentationProps {
  /** Id of the article whose slides are shown. */
  readonly article: string
}

/** Shows a section's figures one after another on the whole screen, in large type. */
export function Presentation({ article }: PresentationProps) {
  const [place, setPlace] = useState<number | null>(null)
  const [count, setCount] = useState(0)
  const [root, setRoot] = useState<HTMLElement | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  const isPresenting = place !== null

  const present = async () => {
    const found = document.getElementById(article)
    if (!found) return
    setRoot(found)
    setCount(slidesOf(found).length)
    setPlace(0)
    // Where the browser does not give the whole screen, the window has to do.
    await found.requestFullscreen?.().catch(() => undefined)
  }
  const end = useCallback(() => {
    setPlace(null)
    if (document.fullscreenElement) void document.exitFullscreen()
    button.current?.focus()
  }, [])
  const go = useCallback(
    (by: number) => setPlace((before) => (before === null ? null : Math.max(0, Math.min(count - 1, before + by)))),
    [count],
  )

  useEffect(() => {
    if (!root || place === null) return undefined
    root.dataset.presenting = 'true'
    const slides = slidesOf(root)
    for (const [index, slide] of slides.entries()) slide.toggleAttribute('data-current', index === place)
    slides[place]?.scrollTo?.(0, 0)
    return () => {
      delete root.dataset.presenting
      for (const slide of slides) slide.removeAttribute('data-current')
    }
  }, [root, place])

  useEffect(() => {
    if (!isPresenting) return undefined
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') return end()
      // Arrow keys belong to the slider or the plane that has the focus; a presenter's remote control sends Page Up and Page Down.
      const isTaken =
        event.key.startsWith('Arrow') &&
        event.target instanceof Element &&
        event.target.closest('input, [role="application"], [role="slider"]')
      if (isTaken || event.ctrlKey || event.metaKey || event.altKey) return
      if (forwards.has(event.key)) go(1)
      else if (backwards.has(event.key)) go(-1)
      else if (event.key === 'Home') go(-count)
      else if (event.key === 'End') go(count)
      else return
      event.preventDefault()
    }
    const onFullscreen = () => {
      if (!document.fullscreenElement) setPlace(null)
    }
    addEventListener('keydown', onKey)
    document.addEventListener('fullscreenchange', onFullscreen)
    return () => {
      removeEventListener('keydown', onKey)
      document.removeEventListener('fullscreenchange', onFullscreen)
    }
  }, [isPresenting, count, end, go])

  return (
    <>
      <button ref={button} type="button" className={classes.present} onClick={() => void present()}>
        Present
      </button>
      {place === null || !root
        ? null
        : createPortal(
            <nav className={classes.bar} aria-label="Slides">
              <button type="button" className={classes.step} disabled={place === 0} onClick={() => go(-1)} aria-label="Slide before">
                ‹
              </button>
              <span role="status" className={classes.place}>
                {place + 1} of {count}
              </span>
              <button type="button" className={classes.step} disabled={place === count - 1} onClick={() => go(1)} aria-label="Next slide">
                ›
              </button>
              <button type="button" className={classes.step} onClick={end}>
                End
              </button>
            </nav>,
            // Within what is on the whole screen, and beside its slides.
            root,
          )}
    </>
  )
}

const slidesOf = (root: Element) => [...root.querySelectorAll<HTMLElement>(`[${SLIDE}]`)]
