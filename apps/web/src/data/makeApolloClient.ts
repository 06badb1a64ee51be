import { ApolloClient, ApolloLink, HttpLink } from '@apollo/client'
import { GraphQLWsLink } from '@apollo/client/link/subscriptions'
import { OperationTypeNode } from 'graphql'
import { createClient } from 'graphql-ws'
import { setConnectionStatus } from './connectionStatus'
import { makeCache } from './makeCache'
import { retryQueries } from './retryQueries'
import { watchRestart } from './watchRestart'

const PING_EVERY_MS = 10_000
const PONG_WITHIN_MS = 5_000
const CLOSED_BY_US = 1000

/** Makes the client: queries and mutations over HTTP, subscriptions over one WebSocket, both at the page's own origin. */
export function makeApolloClient(): ApolloClient {
  const http = retryQueries().concat(new HttpLink({ uri: '/graphql' }))
  const link =
    typeof window === 'undefined'
      ? http
      : ApolloLink.split(({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION, makeWebSocketLink(), http)
  return new ApolloClient({ link, cache: makeCache(), ssrMode: typeof window === 'undefined' })
}

function makeWebSocketLink(): GraphQLWsLink {
  const url = new URL('/graphql', window.location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  let socket: WebSocket | undefined
  let pongTimeout: ReturnType<typeof setTimeout> | undefined
  const client = createClient({
    url: url.href,
    keepAlive: PING_EVERY_MS,
    // Each subscription retries by itself, so that it can resume after the last event it saw.
    retryAttempts: 0,
    on: {
      opened: (opened) => {
        socket = opened as WebSocket
      },
      // A laptop that slept keeps a dead socket open for minutes; a missing pong tells.
      ping: (received) => {
        if (!received) pongTimeout = setTimeout(() => socket?.close(4408, 'No pong'), PONG_WITHIN_MS)
      },
      pong: (received) => {
        if (received) clearTimeout(pongTimeout)
      },
      connected: () => setConnectionStatus('connected'),
      closed: (event) => {
        clearTimeout(pongTimeout)
        if (!(event instanceof CloseEvent && event.code === CLOSED_BY_US)) watchRestart()
      },
    },
  })
  return new GraphQLWsLink(client)
}
