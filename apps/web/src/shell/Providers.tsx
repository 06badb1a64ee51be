'use client'

import { ApolloProvider } from '@apollo/client/react'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import { type ReactNode, useState } from 'react'
import { makeApolloClient } from '../data/makeApolloClient'
import { theme } from '../ui/theme'

export function Providers({ children }: { readonly children: ReactNode }) {
  const [client] = useState(makeApolloClient)
  return (
    <NuqsAdapter>
      <ApolloProvider client={client}>
        <MantineProvider theme={theme} defaultColorScheme="auto">
          <Notifications position="bottom-right" limit={3} />
          {children}
        </MantineProvider>
      </ApolloProvider>
    </NuqsAdapter>
  )
}
