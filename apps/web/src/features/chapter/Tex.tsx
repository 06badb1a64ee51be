import katex from 'katex'

interface TexProps {
  readonly tex: string
  /** Whether it stands on a line of its own. @default false */
  readonly isDisplayed?: boolean
}

/** Typesets a formula, as MathML too for those who do not see it. On the server: nothing of what typesets it is sent. */
export function Tex({ tex, isDisplayed = false }: TexProps) {
  const html = katex.renderToString(tex, { displayMode: isDisplayed, throwOnError: true, strict: 'error', output: 'htmlAndMathml' })
  // biome-ignore lint/security/noDangerouslySetInnerHtml: KaTeX writes it of the chapter's own formulas.
  return <span dangerouslySetInnerHTML={{ __html: html }} />
}
