'use client'
import { lazy, Suspense } from 'react'
import { Guarded } from './Guarded'
import classes from './MarkdownText.module.css'
import type { MarkdownPlace } from './RenderedMarkdown'

/** What draws Markdown is loaded with the first text. */
const RenderedMarkdown = lazy(() => import('./RenderedMarkdown'))

/** Shows what somebody wrote as Markdown; as it was typed until what draws it is there. */
export function MarkdownText({ text, place }: { readonly text: string; readonly place?: MarkdownPlace }) {
  return (
    <div className={classes.root}>
      <Guarded what="This text" shown={text}>
        <Suspense fallback={<p className={classes.typed}>{text}</p>}>
          <RenderedMarkdown text={text} {...(place ? { place } : {})} />
        </Suspense>
      </Guarded>
    </div>
  )
}
