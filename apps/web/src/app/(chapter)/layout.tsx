import '@fontsource-variable/inter'
import 'katex/dist/katex.min.css'
import '../../ui/tokens.css'
import '../../ui/base.css'
import '../../ui/reader.css'

import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { isOpenLab } from '../../data/isOpenLab'
import { ChapterHeader } from '../../shell/ChapterHeader'
import { chosenColours } from '../../shell/chosenColours'
import { OpenLabNote } from '../../shell/OpenLabNote'

export const metadata: Metadata = {
  description: 'A chapter on autoencoders to read, predict and run: every figure is made by this lab.',
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#131519' },
  ],
}

/** Frames the chapter, which needs nothing of the lab's client to be read. */
export default async function ChapterLayout({ children }: { readonly children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    // The colours are chosen before anything is drawn, by a script that the server knows nothing of.
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: it is the project's own. */}
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: chosenColours }} />
      </head>
      <body>
        <a className="skip-link" href="#main">
          Skip to content
        </a>
        <ChapterHeader />
        {(await isOpenLab()) && <OpenLabNote />}
        <main id="main" tabIndex={-1} className="main">
          {children}
        </main>
      </body>
    </html>
  )
}
