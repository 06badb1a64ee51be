import type { ApolloClient, OperationVariables, TypedDocumentNode } from '@apollo/client'
import type { LabCursor } from './LabCursor'

interface Named {
  readonly id: string
}

/** What a list is answered by, page by page. */
export interface ListPage {
  readonly totalCount: number
  readonly lastSeq: number
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null }
  readonly nodes: readonly Named[]
  readonly edges?: readonly { readonly node: Named }[]
}

/** A list of the API that the cache holds from its first entry on. */
export interface CachedList<Data, Page extends ListPage, Variables extends OperationVariables> {
  readonly query: TypedDocumentNode<Data, Variables>
  /** What the cache holds of a page. @default what the API is asked for */
  readonly stored?: TypedDocumentNode<object, Variables>
  /** Beside how many are read, and behind which. */
  readonly variables: Omit<Variables, keyof PageRequest>
  readonly pageOf: (data: Data) => Page
  readonly dataOf: (page: Page) => object
  readonly cursor: LabCursor
}

export interface ListReading {
  /** How many entries are to be read by now. */
  readonly wanted: () => number
  /** How many the API gives at once. */
  readonly mostAtOnce: number
  /** Whether the reading is still of use. @default it is */
  readonly isCurrent?: () => boolean
}

interface PageRequest {
  readonly first: number
  readonly after: string | null
}

/** So often pages are read that differ in how many there are in all: as something happened in between. */
const MOST_ATTEMPTS = 3

/** Reads one page and leaves the cache alone. Rejects where no answer came. */
export async function readListPage<Data, Page extends ListPage, Variables extends OperationVariables>(
  client: ApolloClient,
  { query, variables, pageOf }: CachedList<Data, Page, Variables>,
  request: PageRequest,
): Promise<Page | null> {
  const { data } = await client.query<Data, OperationVariables>({ query, variables: { ...variables, ...request }, fetchPolicy: 'no-cache' })
  return data ? pageOf(data as Data) : null
}

/** Reads a list from its first entry on as one page, and leaves the cache alone; null where the reading is of no use any more. Rejects where no answer came. */
export async function readList<Data, Page extends ListPage, Variables extends OperationVariables>(
  client: ApolloClient,
  list: CachedList<Data, Page, Variables>,
  reading: ListReading,
): Promise<Page | null> {
  for (let attempt = 1; ; attempt++) {
    const pages = await readPages(client, list, reading)
    const [first] = pages
    if (!first) return null
    if (attempt === MOST_ATTEMPTS || pages.every(({ totalCount }) => totalCount === first.totalCount)) return joined(first, pages)
  }
}

async function readPages<Data, Page extends ListPage, Variables extends OperationVariables>(
  client: ApolloClient,
  list: CachedList<Data, Page, Variables>,
  { wanted, mostAtOnce, isCurrent = () => true }: ListReading,
): Promise<readonly Page[]> {
  const pages: Page[] = []
  let count = 0
  let after: string | null = null
  do {
    const page: Page | null = await readListPage(client, list, { first: Math.min(mostAtOnce, wanted() - count), after })
    if (!page || !isCurrent()) return []
    pages.push(page)
    count += page.nodes.length
    after = page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null
  } while (after !== null && count < wanted())
  return pages
}

function joined<Page extends ListPage>(first: Page, pages: readonly Page[]): Page {
  const nodes = pages.flatMap((page) => page.nodes)
  const edges = pages.flatMap((page) => page.edges ?? [])
  return {
    ...first,
    totalCount: pages.at(-1)?.totalCount ?? first.totalCount,
    lastSeq: Math.min(...pages.map(({ lastSeq }) => lastSeq)),
    pageInfo: pages.at(-1)?.pageInfo ?? first.pageInfo,
    nodes: lastOfEach(nodes, ({ id }) => id),
    ...(first.edges ? { edges: lastOfEach(edges, ({ node }) => node.id) } : {}),
  }
}

/** Of one that moved while pages were read, and is on two of them, where it was last. */
function lastOfEach<Entry>(entries: readonly Entry[], idOf: (entry: Entry) => string): readonly Entry[] {
  const places = new Map(entries.map((entry, index) => [idOf(entry), index]))
  return entries.filter((entry, index) => places.get(idOf(entry)) === index)
}

/** Writes a page into the cache: in place of the list, or behind it where it follows an entry. Has lists followed from where the page was true. */
export function writeListPage<Data, Page extends ListPage, Variables extends OperationVariables>(
  client: ApolloClient,
  { query, stored, variables, dataOf, cursor }: CachedList<Data, Page, Variables>,
  { page, after = null }: { readonly page: Page; readonly after?: string | null },
): void {
  const asked = { ...variables, first: page.nodes.length, after }
  client.cache.writeQuery<object, OperationVariables>({ query: stored ?? query, variables: asked, data: dataOf(page) })
  cursor.wrote(page.lastSeq)
}
