/** Structured logs that hold no personal data: ids, codes and times, never a query's parameters or a driver's words. */
import { destination, type Logger, pino } from 'pino'
import { QueryFailedError } from 'typeorm'

interface LoggedError {
  type: string
  message: string
  code?: string
  stack: string
  cause?: LoggedError
}

const DEEPEST = 5

/** A driver's message quotes the values it stumbled over, so of a failed query only its code is written. */
export function loggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'thrown value', stack: '' }
  const { name, message, stack = '', cause } = error
  const isQuery = error instanceof QueryFailedError || 'sqlMessage' in error
  const code = (error as { code?: unknown }).code
  return {
    type: name,
    message: isQuery ? 'a query failed' : message.slice(0, 500),
    ...(typeof code === 'string' ? { code } : {}),
    stack: stack
      .split('\n')
      .filter((line) => line.startsWith('    at '))
      .slice(0, 12)
      .join('\n'),
    ...(cause === undefined || depth === DEEPEST ? {} : { cause: loggedError(cause, depth + 1) }),
  }
}

/** One write for some forty lines, 5 % of a page's reading; pino itself writes the rest when the process ends. */
const gathered = { sync: false, minLength: 4096, periodicFlush: 1000 }

export const makeLog = (level: string): Logger =>
  pino({ level, base: null, serializers: { err: (error: unknown) => loggedError(error) } }, destination(gathered))
