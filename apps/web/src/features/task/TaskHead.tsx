import classes from './TaskPage.module.css'

/** Says what a task is about, and what is asked. */
export function TaskHead({ title, question }: { readonly title: string; readonly question: string }) {
  return (
    <>
      <h1 className={classes.title}>{title}</h1>
      {question === '' ? null : <p className={classes.question}>{question}</p>}
    </>
  )
}

/** Says that an address holds no task. */
export function NoTask() {
  return (
    <>
      <h1 className={classes.title}>Task</h1>
      <p className={classes.question}>
        This link is not whole: what it should say of the task is missing or was changed. Ask whoever sent it for the whole link.
      </p>
    </>
  )
}
