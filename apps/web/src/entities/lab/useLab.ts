import { useQuery } from '@apollo/client/react'
import { LabDocument } from '../../data/generated/graphql'

/** Reads how busy the lab is. */
export function useLab() {
  const { data } = useQuery(LabDocument)
  return { lab: data?.lab }
}
