'use client'
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { parseAsString, useQueryState } from 'nuqs'
import { useMemo, useState, useSyncExternalStore } from 'react'
import { useDatasets } from '../../../entities/dataset/useDatasets'
import { type ClassTask, decodeTask } from '../../../entities/task/ClassTask'
import { offerTask, takeTask } from '../../../features/chapter/takenTasks'
import { ExperimentInText } from '../../../features/experiment/ExperimentInText'
import { LaunchPanel, noSweep } from '../../../features/launch/LaunchPanel'
import { useEngines } from '../../../features/launch/useEngines'
import { TaskAnswer } from '../../../features/task/TaskAnswer'
import { NoTask, TaskHead } from '../../../features/task/TaskHead'
import classes from '../../../features/task/TaskPage.module.css'
import { useTaskProgress } from '../../../features/task/taskProgress'
import { saveFile } from '../../../ui/saveFile'

const nothing = () => () => undefined

/** Opens an experiment that was prepared for a class. */
export function TaskRoute() {
  const [text] = useQueryState('of', parseAsString)
  const task = useMemo(() => (text === null ? null : decodeTask(text)), [text])
  // What the browser keeps is not there while the server renders.
  const isBrowser = useSyncExternalStore(
    nothing,
    () => true,
    () => false,
  )
  if (text === null || task === null) return <NoTask />
  if (!isBrowser) return <TaskHead {...task} />
  return <OpenTask key={text} text={text} task={task} />
}

function OpenTask({ text, task }: { readonly text: string; readonly task: ClassTask }) {
  const { datasets } = useDatasets()
  const { engines } = useEngines()
  const { progress, change } = useTaskProgress(text)
  const [isWriting, setWriting] = useState(false)
  const { title, question, runs, free } = task
  const { name, answer, experiments } = progress

  const save = async () => {
    setWriting(true)
    try {
      const { writeHandIn } = await import('../../../features/chapter/writeHandIn')
      const done = []
      for (const [index, id] of experiments.entries()) {
        done.push({ title: `${title}, ${index + 1}`, ask: null, answer: null, text: '', taken: await takeTask(id) })
      }
      const asked = { title: question || title, ask: null, answer: null, text: answer }
      saveFile('task.html', writeHandIn(title, name, [asked, ...done]), 'text/html')
    } catch (cause) {
      notifications.show({
        title: 'The file could not be written',
        message: cause instanceof Error ? cause.message : String(cause),
        color: 'red',
      })
    } finally {
      setWriting(false)
    }
  }
  return (
    <>
      <TaskHead title={title} question={question} />
      <LaunchPanel
        initial={runs}
        title={title}
        start={null}
        draftKey={`hourglass.draft.task.${text}`}
        datasets={datasets}
        engines={engines}
        sweep={noSweep}
        onSweep={() => undefined}
        task={{ free, onLaunched: (id) => change({ experiments: [...experiments, id] }) }}
      />
      {experiments.length > 0 ? (
        <section className={classes.runs} aria-labelledby="launched">
          <h2 id="launched" className={classes.subtitle}>
            What you launched
          </h2>
          {experiments.map((id) => (
            <div key={id} className={classes.run}>
              <ExperimentInText
                id={id}
                judge={() => null}
                offer={(take) => offerTask(id, take)}
                onMissing={() => change({ experiments: experiments.filter((each) => each !== id) })}
              />
            </div>
          ))}
        </section>
      ) : null}
      <TaskAnswer
        name={name}
        answer={answer}
        onChange={change}
        actions={
          <Button variant="default" loading={isWriting} onClick={() => void save()}>
            Save what I did (HTML)
          </Button>
        }
      />
    </>
  )
}
