import type { ReactNode } from 'react'

/** Draws the page of a path as a whole; null where no page of figures is there. */
export type DrawPage = (pathname: string) => ReactNode | null
