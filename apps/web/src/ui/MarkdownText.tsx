'use client'
import { lazy, Suspense } from 'react'
import { Guarded } from './Guarded'
import classes from './MarkdownText.module.css'

/** What draws Markdown is loaded with the first text. */
const RenderedMarkdown = lazy(() => import('./RenderedMarkdown'))

/** Shows what somebody wrote as Markdown; as it was typed until what draws it is there. */
export function MarkdownText({ text }: { readonly text: string }) {
  return (
    <div className={classes.root}>
      <Guarded what="This text" shown={text}>
        <Suspense fallback={<p className={classes.typed}>{text}</p>}>
          <RenderedMarkdown text={text} />
        </Suspense>
      </Guarded>
    </div>
  )
}
