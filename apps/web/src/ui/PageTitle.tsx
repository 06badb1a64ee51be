'use client'
import { useWantedFigure } from './WantedFigure'

/**
 * Names the page in the browser's tab, before the lab's name. The only title there is: with a second one, such as a route's
 * metadata, which is streamed, the tab would show whichever came into the document last. Where one figure of the page is wanted alone, another page names the tab.
 */
export function PageTitle({ of }: { readonly of: string }) {
  if (useWantedFigure()) return null
  return <title>{`${of} · Hourglass`}</title>
}
