import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import RenderedMarkdown from '../../ui/RenderedMarkdown'
import { inlineFile } from './readFile'

/** Renders Markdown as HTML that needs nothing beside it: images of the lab are in it, and its pages are no links. */
export async function renderText(text: string): Promise<string> {
  const host = document.createElement('div')
  const root = createRoot(host)
  flushSync(() => root.render(<RenderedMarkdown text={text} place="page" />))
  // A copy of its own, which React no longer changes.
  const copy = host.cloneNode(true) as HTMLElement
  root.unmount()
  for (const element of copy.querySelectorAll('*')) for (const name of ['class', 'tabindex', 'loading']) element.removeAttribute(name)
  for (const image of copy.querySelectorAll('img')) {
    const address = image.getAttribute('src') ?? ''
    const content = await inlineFile(address).catch(() => null)
    if (content === null) image.replaceWith(image.alt || address)
    else image.src = content
  }
  for (const link of copy.querySelectorAll('a')) {
    const address = link.getAttribute('href') ?? ''
    // Where the file is opened there is no lab; what leads elsewhere, or to a note below, stays a link.
    if (!/^(https?:|mailto:|#)/.test(address)) link.replaceWith(...link.childNodes)
  }
  return copy.innerHTML
}
