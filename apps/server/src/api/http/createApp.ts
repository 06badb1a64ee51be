import { randomUUID } from 'node:crypto'
import { ApolloServer, type ApolloServerPlugin, HeaderMap } from '@apollo/server'
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled'
import { expressMiddleware } from '@as-integrations/express5'
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express'
import { GraphQLError } from 'graphql'
import { errorCodes } from '../../HourglassError.js'
import { type Route, routes } from '../../health/LabMetrics.js'
import type { Lab } from '../../Lab.js'
import type { Log } from '../../log.js'
import { answerIntrospection } from '../graphql/answerIntrospection.js'
import { type Context, createContext } from '../graphql/Context.js'
import { formatError, shortenError } from '../graphql/formatError.js'
import { MAXIMUM_MESSAGE_BYTES } from '../graphql/operationRules.js'
import { schema } from '../graphql/schema.js'
import { admitRequests, clientOf, giveCookie, onAnswered, operationOf, refusedIn, takeTurns } from './admitRequests.js'
import { archiveRoutes } from './archiveRoutes.js'
import { artifactRoutes, problem } from './artifactRoutes.js'
import { boundArrival } from './boundArrival.js'
import { boundBodies } from './boundBodies.js'
import { boundInput } from './boundInput.js'
import { boundTransfers } from './boundTransfers.js'
import { codedRoutes } from './codedRoutes.js'
import type { Doors } from './Doors.js'
import { exampleRoutes } from './exampleRoutes.js'
import { healthRoute } from './healthRoute.js'
import { answerJudged, judgeDocuments } from './judgeDocuments.js'
import { metricsRoute } from './metricsRoute.js'
import { modelRoutes } from './modelRoutes.js'
import type { OutputBudget } from './OutputBudget.js'
import { parseBody } from './parseBody.js'
import { refusalOf, refusalOfSite } from './refusalOf.js'
import { reportRoutes } from './reportRoutes.js'
import { statusOfErrors } from './statusOfErrors.js'
import { tableRoutes } from './tableRoutes.js'

export interface App {
  readonly handler: Express
  /** Waits for the operations that run and takes no more. */
  close(): Promise<void>
}

/** How long the reader of an answer may take none of it. */
const UNREAD_MILLISECONDS = 30_000

/** Builds the HTTP side: GraphQL, runs' files and health. No route sends CORS headers, so other sites' pages read nothing. */
export async function createApp(lab: Lab, doors: Doors): Promise<App> {
  const { documents } = doors
  const apollo = new ApolloServer<Context>({
    schema,
    nodeEnv: 'production',
    introspection: true,
    logger: lab.log,
    persistedQueries: false,
    // Documents are judged before, and kept: see `judgeDocuments`.
    documentStore: null,
    // It refuses GET as curl and the specification's audits send it. What it is for is seen to before: requests of other sites are refused by what browsers say of
    // them (Origin, Sec-Fetch-Site), bodies that need no question before are no JSON, and mutations by GET are refused.
    csrfPrevention: false,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      answerJudged(documents, lab.log),
      refuseSubscriptions,
      keepIntrospection,
      statusOfErrors,
      countErrors(lab),
    ],
    formatError: (formatted, error) => {
      // Apollo gave its own errors codes already; only what resolvers threw is left to tell apart.
      const { code, limit } = formatted.extensions ?? {}
      // A limit of ours is no fault of the document, as which Apollo counts all that rules report.
      if (limit !== undefined) return { ...formatted, extensions: { code: errorCodes.queryTooComplex } }
      return code === undefined || code === 'INTERNAL_SERVER_ERROR' ? formatError(error, lab.log) : shortenError(formatted)
    },
  })
  await apollo.start()
  const handler = express()
    .disable('x-powered-by')
    .use(nameClients(doors))
    .use(logRequests(lab, doors))
    .use(secureAnswers)
    .use(boundAnswers(lab, doors.output))
    .use(boundArrival({ seconds: lab.settings.requestSeconds, silence: lab.settings.transferSilence }))
    .use(refuseOtherSites(lab))
    .get('/health', healthRoute(lab))
    .get('/metrics', metricsRoute(lab, doors))
    .use(admitRequests(doors.gate))
    .use(
      '/archives',
      refuseOtherPages({ mayLead: true }),
      giveCookie,
      boundTransfers(doors.gate, lab.settings.transferSilence),
      archiveRoutes(lab),
    )
    .use(
      '/tables',
      refuseOtherPages({ mayLead: true }),
      giveCookie,
      boundTransfers(doors.gate, lab.settings.transferSilence),
      tableRoutes(lab, doors),
    )
    .use('/artifacts/reports', refuseOtherPages({ mayLead: true }), reportRoutes(lab))
    .use(
      '/artifacts/runs',
      refuseOtherPages({ mayLead: true }),
      modelRoutes(lab),
      codedRoutes(lab),
      exampleRoutes(lab),
      artifactRoutes(lab),
    )
    .use(
      '/graphql',
      refuseOtherPages({ mayLead: false }),
      giveCookie,
      boundBodies(MAXIMUM_MESSAGE_BYTES),
      boundInput(doors.gate, MAXIMUM_MESSAGE_BYTES),
      express.text({ type: 'application/json', limit: MAXIMUM_MESSAGE_BYTES }),
      takeTurns(doors.operations),
      parseBody,
      judgeDocuments(documents),
      expressMiddleware(apollo, {
        context: async ({ res }) => createContext(lab, { ...operationOf(res), requestId: String(res.locals.requestId) }),
      }),
    )
    .use((request, response) => {
      response.status(404).json(problem('NOT_FOUND', `Nothing is at ${request.originalUrl}.`))
    })
    .use(reportError(lab.log))
  return { handler, close: () => apollo.stop() }
}

/** Subscriptions live on the WebSocket; Apollo would run one over HTTP as if it were a query. */
const refuseSubscriptions: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation }) {
        if (operation?.operation !== 'subscription') return
        throw new GraphQLError(
          'operation: expected a query or a mutation over HTTP, got a subscription. Send it over the WebSocket at /graphql.',
          {
            extensions: { code: errorCodes.badUserInput, http: { status: 400 } },
          },
        )
      },
    }
  },
}

/** The schema is the same for everybody: each way of asking for it is executed once. */
const keepIntrospection: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async responseForOperation({ document, operationName }) {
        const result = await answerIntrospection({ schema, document, operationName })
        return result ? { http: { headers: new HeaderMap() }, body: { kind: 'single', singleResult: { data: result.data ?? null } } } : null
      },
    }
  },
}

function countErrors({ metrics }: Lab): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ response: { body } }) {
          if (body.kind === 'single') metrics.answered(body.singleResult.errors)
        },
      }
    },
  }
}

function nameClients({ identify }: Doors): RequestHandler {
  return (request, response, next) => {
    response.locals.client = identify(request)
    next()
  }
}

function logRequests({ log, metrics, launchers }: Lab, { lines }: Doors): RequestHandler {
  return (request, response, next) => {
    const requestId = randomUUID()
    const started = performance.now()
    response.locals.requestId = requestId
    response.setHeader('X-Request-Id', requestId)
    response.on('close', () => {
      const { method, originalUrl: url } = request
      const milliseconds = Math.round((performance.now() - started) * 10) / 10
      metrics.requestOver(routeOf(url), { status: response.statusCode, seconds: milliseconds / 1000 })
      const client = clientOf(response)
      lines.write(client, () => {
        const about = { requestId, ...launchers.describe(client) }
        log.info({ ...about, method, url, status: response.statusCode, milliseconds, ...refusedIn(response) }, 'request')
      })
    })
    next()
  }
}

/** The first part of an address, where that is one of ours. */
function routeOf(url: string): Route {
  const [, part] = url.split(/[/?]/, 2)
  return routes.find((route) => route === part) ?? 'other'
}

/** What the API answers is no page: nothing in it may run, be framed, or be taken for another type. */
const secureAnswers: RequestHandler = (_, response, next) => {
  response.set({
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  })
  next()
}

/** Ends connections whose readers leave too much unread, or do not read for long. */
function boundAnswers({ launchers }: Lab, output: OutputBudget): RequestHandler {
  return (request, response, next) => {
    const about = { requestId: String(response.locals.requestId), ...launchers.describe(clientOf(response)) }
    const reader = { about, pendingBytes: () => response.writableLength, drop: () => request.socket.destroy() }
    response.on('close', output.add(reader))
    // From its headers on, an answer must be read; what comes before them may take its time.
    response.on('pipe', () => response.setTimeout(UNREAD_MILLISECONDS))
    onAnswered(response, () => {
      response.setTimeout(UNREAD_MILLISECONDS)
      output.check(reader)
    })
    next()
  }
}

function refuseOtherSites({ settings }: Lab): RequestHandler {
  return (request, response, next) => {
    const refusal = refusalOf(request, settings)
    if (refusal) response.status(403).json(problem(refusal.code, refusal.message))
    else next()
  }
}

/** Pages of other sites ask for nothing, not even what they could not read: a query or an archive takes time. They may lead to files. */
function refuseOtherPages({ mayLead }: { readonly mayLead: boolean }): RequestHandler {
  return (request, response, next) => {
    const refusal = refusalOfSite(request, mayLead)
    if (refusal) response.status(403).json(problem(refusal.code, refusal.message))
    else next()
  }
}

/** Answers what went wrong before GraphQL: a body that is no JSON or too large, a path that cannot be decoded. */
function reportError(log: Log): ErrorRequestHandler {
  // biome-ignore lint/complexity/useMaxParams: by four parameters Express knows who handles errors.
  return (error: { status?: number; message?: string }, request, response, next) => {
    if (response.headersSent) return next(error)
    const status = typeof error.status === 'number' ? error.status : 500
    if (status < 500) response.status(status).json(problem('BAD_REQUEST', String(error.message)))
    else response.status(500).json({ errors: [formatError(error, log.child({ url: request.originalUrl }))] })
  }
}
