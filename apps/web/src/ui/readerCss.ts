/** What a report in a file looks like: in the colours of the page, which its figures have too, and in fonts that every machine has. */
export function readerCss(): string {
  const style = getComputedStyle(document.documentElement)
  const colour = (name: string) => style.getPropertyValue(`--hg-${name}`).trim()
  return `
:root { color-scheme: ${style.colorScheme || 'light'}; }
body { margin: 0; background: ${colour('background')}; color: ${colour('text')}; font: 15px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
main { max-width: 1080px; margin: 0 auto; padding: 24px 16px 64px; }
h1 { font-size: 1.5rem; margin: 0; }
h2 { font-size: 1.1rem; margin: 0 0 8px; }
h3, h4, h5, h6 { font-size: 1rem; margin: 20px 0 6px; }
.text { max-width: 80ch; margin: 20px 0; }
.about { color: ${colour('muted')}; font-size: 0.85rem; }
figure { margin: 28px 0; padding-top: 14px; border-top: 1px solid ${colour('line')}; }
img { max-width: 100%; height: auto; }
figcaption { max-width: 80ch; }
.wide, section { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 3px 14px 3px 0; text-align: left; border-bottom: 1px solid ${colour('line')}; }
pre { overflow-x: auto; padding: 8px 10px; background: ${colour('surface')}; }
blockquote { margin-inline: 0; padding-left: 12px; border-left: 2px solid ${colour('line-strong')}; color: ${colour('muted')}; }
a { color: ${colour('accent')}; }
`
}
