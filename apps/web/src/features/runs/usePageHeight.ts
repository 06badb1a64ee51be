import { type RefObject, useLayoutEffect, useState } from 'react'

/** Pixels that stay free at the foot of the window. */
const FOOT = 12

/** Tells how high an element is that reaches to the foot of the window, whatever stands above it. */
export function usePageHeight(element: RefObject<HTMLElement | null>): string {
  const [top, setTop] = useState(58)
  useLayoutEffect(() => {
    const measure = () => {
      if (element.current) setTop(Math.round(element.current.getBoundingClientRect().top + window.scrollY))
    }
    measure()
    // Notices come and go above.
    const observer = new ResizeObserver(measure)
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [element])
  return `calc(100dvh - ${top + FOOT}px)`
}
