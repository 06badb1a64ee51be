'use client'
import { unstable_createAdapterProvider as createAdapterProvider } from 'nuqs/adapters/custom'
import { createContext, type ReactNode, useContext, useMemo } from 'react'

const SearchContext = createContext('')

const ignore = () => undefined

/** Gives what is read of an address from the one that is stored; what a page would write there is nobody's. */
function useStoredSearch() {
  const search = useContext(SearchContext)
  return useMemo(
    () => ({
      searchParams: new URLSearchParams(search),
      updateUrl: ignore,
      getSearchParamsSnapshot: () => new URLSearchParams(search),
    }),
    [search],
  )
}

const Adapter = createAdapterProvider(useStoredSearch)

/** Shows a page as if its address were the stored one, whatever that of the browser is. */
export function StoredAddress({ search, children }: { readonly search: string; readonly children: ReactNode }) {
  return (
    <SearchContext value={search}>
      <Adapter>{children}</Adapter>
    </SearchContext>
  )
}
