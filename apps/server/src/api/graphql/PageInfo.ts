import { builder } from './builder.js'

export interface PageEnd {
  readonly hasNextPage: boolean
  readonly endCursor: string | null
}

export const PageInfoType = builder.objectRef<PageEnd>('PageInfo').implement({
  fields: (t) => ({ hasNextPage: t.exposeBoolean('hasNextPage'), endCursor: t.exposeString('endCursor', { nullable: true }) }),
})
