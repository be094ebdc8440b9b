/**
 * Is there an order of what was done at the same time that explains every answer? Wing & Gong's search ("Testing and
 * verifying concurrent objects", 1993) with Lowe's memory of what was tried before: an operation takes effect at one
 * moment between its start and its end, and the operations in the order of those moments must be a run of the model.
 * npm has no such checker that is kept up; Porcupine is Go, Knossos is Clojure.
 */

/** Start and end on the clock of whoever recorded it; the end of what was never answered is Infinity. */
export interface Timed {
  start: number
  end: number
}

export interface Model<State, Operation> {
  initial: State
  /** The state after it, where the answer is what the model answers in `state`; undefined where it is not. */
  apply(state: State, operation: Operation): State | undefined
  /** Where `state` may go with nobody asking for it. */
  byItself(state: State): State[]
  /** Equal for equal states. */
  key(state: State): string
}

export type Verdict<State, Operation> =
  | { result: 'legal'; order: Operation[] }
  /** `reached` is where the runs that explain most answers end, each with what could come next. */
  | { result: 'illegal'; reached: { state: State; left: Operation[] }[] }
  /** Gave up after so many steps. */
  | { result: 'unknown' }

const MOST_STEPS = 200_000
const MOST_REACHED = 200

/** An operation that was never answered may have taken effect at any time after its start, or not at all. */
export function linearize<State, Operation extends Timed>(
  model: Model<State, Operation>,
  operations: readonly Operation[],
  mostSteps = MOST_STEPS,
): Verdict<State, Operation> {
  const all = [...operations].sort((a, b) => a.start - b.start)
  const answered = all.filter(isAnswered).length
  const done = new Set<number>()
  const order: Operation[] = []
  const tried = new Set<string>()
  let steps = 0
  let most = -1
  let reached: { state: State; left: Operation[] }[] = []

  const search = (state: State): boolean => {
    const taken: number[] = []
    takeWhatChangesNothing(state, taken)
    if (order.filter(isAnswered).length === answered) return true
    const name = `${[...done].sort((a, b) => a - b).join(',')}|${model.key(state)}`
    if (!tried.has(name) && steps < mostSteps) {
      tried.add(name)
      steps += 1
      note(state)
      for (const index of next()) {
        const after = model.apply(state, all[index] as Operation)
        if (after === undefined) continue
        take(index)
        if (search(after)) return true
        takeBack(index)
      }
      for (const after of model.byItself(state)) if (search(after)) return true
    }
    for (const index of taken.reverse()) takeBack(index)
    return false
  }

  /** What was read or refused and fits here needs no other place: its moment hinders nothing. */
  function takeWhatChangesNothing(state: State, taken: number[]): void {
    const here = model.key(state)
    for (let before = -1; before !== taken.length; ) {
      before = taken.length
      for (const index of next()) {
        const one = all[index] as Operation
        const after = isAnswered(one) ? model.apply(state, one) : undefined
        if (after === undefined || model.key(after) !== here) continue
        take(index)
        taken.push(index)
      }
    }
  }

  /** What could come next: begun before anything that is left has ended. */
  function next(): number[] {
    const open = all.flatMap((_, index) => (done.has(index) ? [] : [index]))
    const firstEnd = Math.min(...open.map((index) => all[index]?.end ?? Infinity))
    return open.filter((index) => (all[index]?.start ?? Infinity) <= firstEnd)
  }
  function take(index: number): void {
    done.add(index)
    order.push(all[index] as Operation)
  }
  function takeBack(index: number): void {
    done.delete(index)
    order.pop()
  }
  function note(state: State): void {
    const explained = order.filter(isAnswered).length
    if (explained < most || (explained === most && reached.length === MOST_REACHED)) return
    if (explained > most) reached = []
    most = explained
    reached.push({ state, left: next().map((index) => all[index] as Operation) })
  }

  if (search(model.initial)) return { result: 'legal', order }
  return steps < mostSteps ? { result: 'illegal', reached } : { result: 'unknown' }
}

const isAnswered = ({ end }: Timed) => end !== Infinity
