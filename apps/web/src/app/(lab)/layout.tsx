import '@fontsource-variable/inter'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import 'uplot/dist/uPlot.min.css'
import '../../ui/tokens.css'
import '../../ui/base.css'

import { ColorSchemeScript, mantineHtmlProps } from '@mantine/core'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { runColourStyleSheet } from '../../entities/run/runColour'
import { AppFrame } from '../../shell/AppFrame'
import { Providers } from '../../shell/Providers'

export const metadata: Metadata = {
  description: 'A lab for autoencoders: launch training runs, watch them live, compare them, explore their latent space.',
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#131519' },
  ],
}

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  // Reading it makes every page one that is rendered when it is asked for, as a page with a nonce must be.
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    <html lang="en" {...mantineHtmlProps}>
      <head>
        <ColorSchemeScript defaultColorScheme="auto" {...(nonce === undefined ? {} : { nonce })} />
        <style>{runColourStyleSheet()}</style>
      </head>
      <body>
        <Providers>
          <AppFrame>{children}</AppFrame>
        </Providers>
      </body>
    </html>
  )
}
