import type { ReactNode } from 'react'
import Markdown, { type Components } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import remarkMath from 'remark-math'
import { Tex } from './Tex'

const TERM = 'term:'

const components: Components = {
  a: ({ href = '', children }) => <a href={href}>{children}</a>,
  code: ({ className = '', children }) =>
    className.includes('language-math') ? <Tex tex={String(children)} /> : <code>{children as ReactNode}</code>,
}

const plugins = [remarkGfm, remarkMath]

/** Terms lead to what the glossary says of them. */
const addressOf = (url: string) => (url.startsWith(TERM) ? `/glossary#${url.slice(TERM.length)}` : url)

/** Draws a stretch of the chapter's text. On the server: it is sent as it is read. */
export function Prose({ text }: { readonly text: string }) {
  return (
    <Markdown remarkPlugins={plugins} components={components} urlTransform={addressOf}>
      {text}
    </Markdown>
  )
}
