import { type NextRequest, NextResponse } from 'next/server'

/**
 * Hands GraphQL (HTTP and WebSocket) and artifacts to the API, so that the browser sees one origin.
 * A rewrite in next.config.ts would freeze the address at build time; this reads it when the server runs.
 */
export function proxy(request: NextRequest) {
  const { pathname, search } = request.nextUrl
  return NextResponse.rewrite(new URL(`${pathname}${search}`, apiOrigin()))
}

export const config = { matcher: ['/graphql', '/artifacts/:path*'] }

function apiOrigin(): string {
  return process.env.HOURGLASS_API_URL ?? `http://127.0.0.1:${process.env.HOURGLASS_API_PORT ?? '4000'}`
}
