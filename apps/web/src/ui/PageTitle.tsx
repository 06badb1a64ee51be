/**
 * Names the page in the browser's tab, before the lab's name. The only title there is: with a second one, such as a route's
 * metadata, which is streamed, the tab would show whichever came into the document last.
 */
export function PageTitle({ of }: { readonly of: string }) {
  return <title>{`${of} · Hourglass`}</title>
}
