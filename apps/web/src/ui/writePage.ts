import { readerCss } from './readerCss'

interface Page {
  readonly title: string
  /** What stands below the title. */
  readonly about: string
  /** HTML; what comes from people is escaped in it. */
  readonly body: string
}

/** Writes a page that needs nothing beside it: no script runs in it, and nothing is loaded from anywhere. */
export function writePage({ title, about, body }: Page): string {
  const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${readerCss()}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p class="about">${escapeHtml(about)}</p>
${body}
</main>
</body>
</html>
`
}

export const dateText = (date: Date) => date.toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' })

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Writes text so that HTML shows it as it is. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => escapes[character] ?? character)
}
