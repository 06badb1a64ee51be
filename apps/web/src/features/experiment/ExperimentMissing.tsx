import { Missing } from '../../ui/Missing'

interface ExperimentMissingProps {
  readonly reason: 'deleted' | 'unknown' | 'unreachable'
  readonly message?: string
}

const texts = {
  deleted: {
    title: 'This experiment has been deleted',
    text: 'Somebody deleted it, here or in another window. Its runs and their files are gone too.',
  },
  unknown: {
    title: 'There is no such experiment',
    text: 'The address names an experiment that this lab does not have. It may have been deleted.',
  },
  unreachable: { title: 'The experiment could not be read', text: 'The server did not answer as it should.' },
} as const

/** Says why there is no experiment to show, and leads to the others. */
export function ExperimentMissing({ reason, message }: ExperimentMissingProps) {
  const { title, text } = texts[reason]
  return (
    <Missing title={title} text={message ?? text} home={{ href: '/experiments', label: 'All experiments' }} testId="experiment-missing" />
  )
}
