import type { Page } from 'playwright-core'

export type GraphqlAnswer = {
  readonly operation: string
  readonly text: string
}

/**
 * The GraphQL answers that a page receives over HTTP from now on, in order of their arrival. An answer whose body can no longer be
 * read, because its page went on or was closed meanwhile, is left out.
 */
export function answersTo(page: Page): readonly GraphqlAnswer[] {
  const answers: GraphqlAnswer[] = []
  page.on('response', (response) => {
    const request = response.request()
    if (!response.url().endsWith('/graphql') || request.method() !== 'POST') return
    const { operationName: operation } = request.postDataJSON()
    response.text().then(
      (text) => answers.push({ operation, text }),
      () => {},
    )
  })
  return answers
}
