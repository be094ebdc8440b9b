/** How every function of `wx` answers: success, fail and complete, or a promise without them. */
import { reportError } from '../report.js'

/** Why WeChat would not: becomes `name:fail reason`. */
export class Refusal extends Error {
  constructor(
    readonly reason: string,
    readonly errno?: number,
  ) {
    super(reason)
  }
}

export interface Answer {
  errMsg: string
  [field: string]: unknown
}

export interface Callbacks {
  success?(answer: Answer): void
  fail?(answer: Answer): void
  complete?(answer: Answer): void
}

type Work<I> = (options: I) => object | void | Promise<object | void>

const hasCallbacks = ({ success, fail, complete }: Callbacks) => Boolean(success ?? fail ?? complete)

function tell(callback: ((answer: Answer) => void) | undefined, answer: Answer): void {
  try {
    callback?.(answer)
  } catch (error) {
    reportError(error, answer.errMsg.split(':')[0])
  }
}

export function failureOf(name: string, error: unknown): Answer {
  const reason = error instanceof Error ? error.message : String(error)
  const answer: Answer = { errMsg: `${name}:fail${reason === '' ? '' : ` ${reason}`}` }
  if (error instanceof Refusal && error.errno !== undefined) answer['errno'] = error.errno
  return answer
}

/** Runs the work and calls back; the promise is for those who gave no callback. */
export function answered<I>(name: string, work: Work<I>, options: I & Callbacks): Promise<Answer> {
  return Promise.resolve()
    .then(() => work(options))
    .then(
      (result) => {
        const answer: Answer = { errMsg: `${name}:ok`, ...result }
        tell(options.success, answer)
        tell(options.complete, answer)
        return answer
      },
      (error: unknown) => {
        const answer = failureOf(name, error)
        tell(options.fail, answer)
        tell(options.complete, answer)
        if (!hasCallbacks(options)) throw answer
        return answer
      },
    )
}

export function call<I = object>(name: string, work: Work<I>) {
  return (options?: I & Callbacks): Promise<Answer> | undefined => {
    const given = (options ?? {}) as I & Callbacks
    const promise = answered(name, work, given)
    return hasCallbacks(given) ? undefined : promise
  }
}

/** As WeChat's synchronous functions throw. @throws Error with errMsg */
export function callSync<A extends unknown[], R>(name: string, work: (...values: A) => R) {
  return (...values: A): R => {
    try {
      return work(...values)
    } catch (error) {
      const answer = failureOf(name, error)
      throw Object.assign(new Error(answer.errMsg), answer)
    }
  }
}
