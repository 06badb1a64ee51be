import type { ReactNode } from 'react'
import Markdown, { type Components } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import classes from './MarkdownText.module.css'

const heading = (Level: 'h2' | 'h3' | 'h4' | 'h5' | 'h6') =>
  function Heading({ children, id }: { readonly children?: ReactNode; readonly id?: string | undefined }) {
    return <Level id={id}>{children}</Level>
  }

/** Headings stand below the page's own, which are h1 and h2; below the first alone, where the text is a part of the page by itself. */
const headings = {
  section: { h1: heading('h3'), h2: heading('h4'), h3: heading('h5'), h4: heading('h6'), h5: heading('h6') },
  page: { h1: heading('h2'), h2: heading('h3'), h3: heading('h4'), h4: heading('h5'), h5: heading('h6') },
} as const satisfies Readonly<Record<string, Components>>

/** What a text is a part of. */
export type MarkdownPlace = keyof typeof headings

const others: Components = {
  // Who follows a link into the notes, as to a footnote, stays on the page.
  a: ({ node, href = '', children, ...rest }) =>
    href.startsWith('#') ? (
      <a href={href} {...rest}>
        {children}
      </a>
    ) : (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">
        {children}
      </a>
    ),
  // The page loads images of the lab alone: one of another site would tell it who reads. Its address is a link.
  img: ({ src, alt }) => {
    const address = typeof src === 'string' ? src : ''
    // biome-ignore lint/performance/noImgElement: what the lab serves has its size.
    if (/^\/(?!\/)/.test(address)) return <img src={address} alt={alt ?? ''} loading="lazy" />
    return (
      <a href={address} target="_blank" rel="noopener noreferrer nofollow">
        {alt || address}
      </a>
    )
  },
  input: ({ checked }) => <input type="checkbox" checked={checked ?? false} disabled aria-label={checked ? 'Done' : 'To do'} />,
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than the page is scrolled by keyboard too.
    <section className={classes.wide} tabIndex={0} aria-label="Table">
      <table>{children}</table>
    </section>
  ),
}

const plugins = [remarkGfm]
const components = { section: { ...headings.section, ...others }, page: { ...headings.page, ...others } }

/** Draws GitHub's Markdown. HTML in it is shown as text, and addresses that are no web or mail addresses lead nowhere. */
export default function RenderedMarkdown({ text, place = 'section' }: { readonly text: string; readonly place?: MarkdownPlace }) {
  return (
    <Markdown remarkPlugins={plugins} components={components[place]}>
      {text}
    </Markdown>
  )
}
