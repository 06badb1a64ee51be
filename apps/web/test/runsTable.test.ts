import type { ApolloClient } from '@apollo/client'
import { describeSchema, type FieldDescription, runConfigSchema, toWords } from '@hourglass/autoencoders'
import { describe, expect, it } from 'vitest'
import { labCursor } from '../src/data/LabCursor'
import { exportAddress } from '../src/features/runs/exportAddress'
import { fittingColumns, isFull } from '../src/features/runs/fittingColumns'
import { differing, toGroupOrder, whyUnranked } from '../src/features/runs/groupsOfRuns'
import { formatValue, keyColumn } from '../src/features/runs/keyColumn'
import { subjectsOf } from '../src/features/runs/keySubjects'
import { LEAST_WIDTH, layoutColumns, MENU_WIDTH, SELECT_WIDTH } from '../src/features/runs/layoutColumns'
import { countSelected, RowSelection } from '../src/features/runs/RowSelection'
import type { RunColumn } from '../src/features/runs/RunColumn'
import { selectionInput } from '../src/features/runs/selectionInput'
import { settingWords } from '../src/features/runs/settingWords'
import { readSort, sortedBy, toOrderBy, writeSort } from '../src/features/runs/sortTerms'
import { groupItems } from '../src/features/runs/tableItems'
import type { RunKey } from '../src/features/runs/useRunKeys'

describe('runs that are ticked', () => {
  it('are ticked one by one, or all from the last one in the order of the list', () => {
    const selection = new RowSelection()
    const list = ['a', 'b', 'c', 'd', 'e']
    selection.toggle('b', null)
    selection.toggle('d', list)
    expect(selection.get()).toEqual({ isAll: false, ids: ['b', 'c', 'd'] })
    selection.toggle('c', null)
    selection.toggle('a', list)
    expect(selection.get().ids).toEqual(['b', 'd', 'a', 'c'])
    selection.toggle('a', null)
    selection.toggle('c', list)
    expect(selection.get().ids).toEqual(['d'])
  })

  it('are all that match but some', () => {
    const selection = new RowSelection()
    selection.all()
    expect([selection.has('a'), countSelected(selection.get(), 10_000)]).toEqual([true, 10_000])
    selection.toggle('a', null)
    selection.toggle('c', ['a', 'b', 'c'])
    expect(selection.get()).toEqual({ isAll: true, ids: ['a', 'b', 'c'] })
    expect([selection.has('a'), selection.has('d'), countSelected(selection.get(), 10_000)]).toEqual([false, true, 9_997])
    selection.toggle('b', null)
    expect(selection.has('b')).toBe(true)
    selection.clear()
    expect([selection.has('d'), countSelected(selection.get(), 10_000)]).toEqual([false, 0])
  })

  it('are told of once, and not where nothing changed', () => {
    const selection = new RowSelection()
    let told = 0
    const leave = selection.subscribe(() => told++)
    selection.set(['a', 'b'], true)
    selection.set(['a'], true)
    selection.replace({ isAll: false, ids: ['a', 'b'] })
    expect(told).toBe(1)
    leave()
    selection.clear()
    expect(told).toBe(1)
  })
})

describe('the order of a table', () => {
  it('is read from addresses, also those of earlier versions', () => {
    expect(readSort([], 'DESC')).toEqual([{ key: 'created', descending: true }])
    expect(readSort(['-metric.x', 'name'], 'DESC')).toEqual([
      { key: 'metric.x', descending: true },
      { key: 'name', descending: false },
    ])
    expect(readSort(['VALIDATION_LOSS'], 'ASC')).toEqual([{ key: 'metric.validationLoss', descending: false }])
    expect(readSort(['CREATED_AT'], 'DESC')).toEqual([{ key: 'created', descending: true }])
    for (const written of [['-metric.x', 'name'], ['created']]) expect(writeSort(readSort(written, 'DESC'))).toEqual(written)
    expect(writeSort(readSort([], 'DESC'))).toBeNull()
  })

  it('turns with a second click, and takes another key beside the first with Shift', () => {
    const byName = sortedBy(readSort([], 'DESC'), { key: 'name', descending: false }, false)
    expect(byName).toEqual([{ key: 'name', descending: false }])
    expect(sortedBy(byName, { key: 'name', descending: false }, false)).toEqual([{ key: 'name', descending: true }])
    const both = sortedBy(byName, { key: 'metric.x', descending: true }, true)
    expect(writeSort(both)).toEqual(['name', '-metric.x'])
    expect(writeSort(sortedBy(both, { key: 'name', descending: false }, true))).toEqual(['-name', '-metric.x'])
  })

  it('is asked of the API by fields where there are such, by keys else; of groups by what sums up a metric', () => {
    const sort = readSort(['count', 'name', '-metric.x'], 'DESC')
    expect(toOrderBy(sort)).toEqual([
      { field: 'NAME', direction: 'ASC' },
      { key: 'metric.x', direction: 'DESC' },
    ])
    expect([toOrderBy(readSort([], 'DESC')), toOrderBy(readSort(['count'], 'DESC'))]).toEqual([null, null])
    const metrics = [
      { name: 'metric.x', better: 'LOWER' },
      { name: 'metric.y', better: null },
    ]
    const order = (written: string[]) => toGroupOrder({ sort: readSort(written, 'DESC'), metrics, figure: 'BEST', keys: 2 })
    expect(order(['-count', 'name', '-metric.x'])).toEqual([
      { count: true, direction: 'DESC' },
      { key: 0, direction: 'ASC' },
      { key: 1, direction: 'ASC' },
      { name: 'metric.x', figure: 'BEST', direction: 'DESC' },
    ])
    expect(order(['metric.y', 'status'])).toEqual([{ name: 'metric.y', figure: 'MEAN', direction: 'ASC' }])
    expect(order([])).toEqual([])
  })
})

const column = (id: string, width: number) => ({ id, width }) as RunColumn

describe('columns', () => {
  const columns = [column('name', 200), column('x', 100), column('y', 80)]

  it('stand pinned ones first, and names take the room that is left', () => {
    const { placed, width, menuWidth } = layoutColumns({ columns, pinned: ['y', 'name'], widths: new Map([['x', 150]]), room: 1000 })
    const rest = 1000 - SELECT_WIDTH - MENU_WIDTH - 150 - 80
    expect(placed.map(({ column: { id }, width: own, left }) => [id, own, left])).toEqual([
      ['name', rest, SELECT_WIDTH],
      ['y', 80, SELECT_WIDTH + rest],
      ['x', 150, null],
    ])
    expect([width, menuWidth]).toEqual([1000, MENU_WIDTH])
  })

  it('are as wide as somebody made them, within bounds, however little room there is', () => {
    const widths = new Map([
      ['name', 300],
      ['x', 1],
    ])
    const { placed, width, menuWidth } = layoutColumns({ columns, pinned: [], widths, room: 600 })
    expect(placed.map(({ width: own }) => own)).toEqual([300, LEAST_WIDTH, 80])
    expect([width, menuWidth]).toEqual([600, 600 - SELECT_WIDTH - 300 - LEAST_WIDTH - 80])
    expect(layoutColumns({ columns, pinned: [], widths: new Map(), room: 100 }).width).toBe(SELECT_WIDTH + MENU_WIDTH + 380)
  })

  it('are offered by subject, and found by words of title, name and alias in any order', () => {
    const key = (name: string, group: RunKey['group'], title: string, aliases: string[] = []) =>
      ({ name, group, title, aliases }) as unknown as RunKey
    const keys = [
      key('status', 'FIELD', 'Status'),
      key('model.codeSize', 'MODEL', 'Code size', ['z']),
      key('config.optimizer.kind', 'CONFIG', 'Optimizer'),
      key('config.width', 'CONFIG', 'width'),
      key('metric.validationLoss', 'METRIC', 'Validation loss'),
      key('metric.test.bitsPerPixel', 'METRIC', 'Bits per pixel (test)'),
    ]
    const found = (text: string) => subjectsOf(keys, text).map(({ title, keys: own }) => [title, own.map(({ name }) => name)])
    expect(found('')).toEqual([
      ['Run', ['status']],
      ['Model', ['model.codeSize']],
      ['Settings: optimizer', ['config.optimizer.kind']],
      ['Settings', ['config.width']],
      ['Measured while it trains', ['metric.validationLoss']],
      ['Measured of the finished run', ['metric.test.bitsPerPixel']],
    ])
    expect(found('LOSS valid')).toEqual([['Measured while it trains', ['metric.validationLoss']]])
    expect(found('optimizer.kind')).toEqual([['Settings: optimizer', ['config.optimizer.kind']]])
    expect(found('nothing of the kind')).toEqual([])
  })
})

describe('groups', () => {
  it('stand with the runs of the open ones below them, and say how many are not shown', () => {
    const group = (id: string) => ({ id }) as never
    const open = new Map([['g', { runs: [{ id: 'a' }, { id: 'b' }], totalCount: 5, loadMore: () => undefined, error: undefined }]])
    expect(groupItems([group('f'), group('g')], open).map((item) => [item.kind, item.key])).toEqual([
      ['group', 'f'],
      ['group', 'g'],
      ['run', 'g a'],
      ['run', 'g b'],
      ['rest', 'g rest'],
    ])
  })

  it('are not ranked across objectives or data, and say so', () => {
    const one = { objectives: 1, datasets: 1, examples: 1, corruptions: 1, bounds: 1 }
    const spread = { ...one, better: 'LOWER', isComparable: false, objectives: 2 } as never
    expect(whyUnranked(spread)).toBe('Runs of 2 objectives: their values are not ranked.')
    expect(differing({ ...one, objectives: 2, datasets: 3 })).toBe('Runs of 2 objectives and 3 data sets')
    expect(differing({ ...one, examples: 2, corruptions: 4, bounds: 2 })).toBe(
      'Runs of 2 sets of measured examples, 4 corruptions and 2 bounds on the likelihood',
    )
    expect(whyUnranked({ better: null, isComparable: false, objectives: 2, datasets: 2 } as never)).toBeNull()
  })
})

describe('an export', () => {
  it('names the filter and the columns, each value once', () => {
    expect(exportAddress('csv', { filter: null }, null)).toBe('/tables/runs.csv')
    const filter = { text: 'z <= 32', timeZone: 'Europe/Zurich', status: ['FAILED', 'STOPPED'] } as const
    const address = new URL(
      exportAddress('parquet', { filter: { ...filter, status: [...filter.status] }, except: ['a'] }, ['name', 'config.a,b']),
      'http://lab',
    )
    expect(address.pathname).toBe('/tables/runs.parquet')
    expect([...address.searchParams]).toEqual([
      ['text', 'z <= 32'],
      ['timeZone', 'Europe/Zurich'],
      ['status', 'FAILED'],
      ['status', 'STOPPED'],
      ['except', 'a'],
      ['columns', 'name'],
      ['columns', 'config.a,b'],
    ])
  })
})

describe('runs that an action is for', () => {
  it('are all that match but those that were unticked, also where none of these was ever read', async () => {
    const client = {} as ApolloClient
    labCursor(client, 'runs').advance(9)
    const matching = { filter: { text: 'z <= 32' }, count: 400 }
    const unticked = Array.from({ length: 301 }, (_, index) => `run${index}`)
    expect(await selectionInput(client, { isAll: true, ids: unticked }, matching)).toEqual({
      matching: { filter: { text: 'z <= 32' }, except: unticked, count: 99, lastSeq: 9 },
    })
    expect(await selectionInput(client, { isAll: true, ids: [] }, { filter: null, count: 3 })).toEqual({
      matching: { filter: {}, count: 3, lastSeq: 9 },
    })
    expect(await selectionInput(client, { isAll: false, ids: ['a'] }, matching)).toEqual({ ids: ['a'] })
  })
})

describe('columns', () => {
  const keys = Array.from({ length: 61 }, (_, index) => `config.k${index}`)

  it('are 60 keys at most, beside what every row has', () => {
    expect(fittingColumns(['name', ...keys, 'status', 'name'])).toEqual(['name', ...keys.slice(0, 60), 'status'])
    expect([isFull(['name', ...keys.slice(1)]), isFull(['name', ...keys.slice(2)])]).toEqual([true, false])
  })

  it('of a key that is not known are called by its name, and say that no run has it once all keys are known', () => {
    expect(keyColumn('config.a.b', undefined)).toMatchObject({ title: 'a.b', hint: 'No run has a value of config.a.b.' })
    expect(keyColumn('widht', undefined)).toMatchObject({ title: 'widht' })
    expect(keyColumn('config.a', undefined, false).hint).toBe('config.a')
  })

  it('write every option of every setting as the schema calls it', () => {
    const check = (field: FieldDescription, path: string): void => {
      if (field.type === 'object') for (const [name, inner] of Object.entries(field.fields)) check(inner, `${path}.${name}`)
      if (field.type === 'enum') for (const value of field.values) expect(settingWords(path, value)).toBe(toWords(value))
      if (field.type !== 'choice') return
      for (const [kind, variant] of Object.entries(field.variants)) {
        expect(settingWords(`${path}.kind`, kind)).toBe(variant.title)
        check(variant, path)
      }
    }
    check(describeSchema(runConfigSchema), 'config')
  })

  it.each([
    ['config.data.dataset', 'two-moons', 'Two moons'],
    ['config.loss', 'meanSquaredError', 'mean squared error'],
    ['config.optimizer.kind', 'lbfgs', 'L-BFGS'],
    ['config.corruption.kind', 'masking', 'Zeroing'],
    ['config.architecture.initializer.kind', 'glorotUniform', 'Glorot uniform'],
    ['config.architecture.hiddenActivation', 'relu', 'ReLU'],
    ['config.training.engine', 'onnx', 'ONNX Runtime'],
    ['name', 'adam', 'adam'],
  ])('of %s write %s as %s', (name, text, written) => {
    const key = { name, group: name === 'name' ? 'FIELD' : 'CONFIG', format: 'NUMBER', digits: null } as const
    expect(formatValue({ number: null, text }, key)).toBe(written)
  })
})
