import { ApolloClient, ApolloLink, HttpLink } from '@apollo/client'
import { GraphQLWsLink } from '@apollo/client/link/subscriptions'
import { OperationTypeNode } from 'graphql'
import { createClient } from 'graphql-ws'
import { setConnectionStatus } from './connectionStatus'
import { makeCache } from './makeCache'
import { retryQueries } from './retryQueries'
import { SocketLife } from './SocketLife'
import { watchRestart } from './watchRestart'

/** A server that hangs is noticed after both of these together. */
const PING_EVERY_MS = 2_000
const PONG_WITHIN_MS = 2_500
const CONNECT_WITHIN_MS = 5_000
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
  /** Names the history that this page shows. */
  let known: unknown
  const life = new SocketLife({
    pongWithin: PONG_WITHIN_MS,
    connectWithin: CONNECT_WITHIN_MS,
    // Closing would wait for the other end. What comes late from there is read no more, so that whoever subscribes again hears nothing twice.
    onDead: () => client.terminate(),
  })
  const client = createClient({
    url: url.href,
    keepAlive: PING_EVERY_MS,
    // Each subscription retries by itself, so that it can resume after the last event it saw.
    retryAttempts: 0,
    on: {
      connecting: () => life.connecting(),
      ping: (received) => {
        if (!received) life.pinged()
      },
      pong: (received) => {
        if (received) life.settled()
      },
      connected: (_, acknowledged) => {
        life.settled()
        known ??= acknowledged?.identity
        // A backup was restored: nothing that this page holds, nor the place from which it follows, says anything of what is stored now.
        if (acknowledged?.identity !== known) window.location.reload()
        else setConnectionStatus('connected')
      },
      closed: (event) => {
        life.settled()
        if (!(event instanceof CloseEvent && event.code === CLOSED_BY_US)) watchRestart()
      },
    },
  })
  return new GraphQLWsLink(client)
}
