'use client'

import { ApolloProvider } from '@apollo/client/react'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import { type ReactNode, useState } from 'react'
import { makeApolloClient } from '../data/makeApolloClient'
import { makeFileCache } from '../files/makeFileCache'
import { theme } from './theme'

/** Gives all pages the client, the cache of files and the theme. */
export function Providers({ children }: { readonly children: ReactNode }) {
  const [client] = useState(makeApolloClient)
  const [files] = useState(makeFileCache)
  return (
    <NuqsAdapter>
      <ApolloProvider client={client}>
        <QueryClientProvider client={files}>
          <MantineProvider theme={theme} defaultColorScheme="auto">
            <Notifications position="bottom-right" limit={3} />
            {children}
          </MantineProvider>
        </QueryClientProvider>
      </ApolloProvider>
    </NuqsAdapter>
  )
}
