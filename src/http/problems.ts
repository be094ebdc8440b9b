/** The last catch: whatever went wrong becomes a problem from the catalogue, and only the log learns more. */
import { loggedVerb } from './logged.js'
import type { Middleware } from 'koa'
import type { Logger } from 'pino'
import { isBroken, isFull } from '../database/full.js'
import { isDuplicate, isUnavailable } from '../database/transaction.js'
import { Problem } from '../problem.js'
import type { Room } from './room.js'

export function answerProblems(log: Logger, room: Pick<Room, 'missed'>): Middleware {
  return async (ctx, next) => {
    try {
      await next()
      if (ctx.status === 404 && ctx.body === undefined) throw new Problem('notFound', { title: '没有这个地址' })
      if (ctx.status === 405 || ctx.status === 501) throw new Problem('methodNotAllowed')
    } catch (error) {
      const problem = asProblem(error)
      if (problem.type === 'full') room.missed()
      const traceId = ctx.state['traceId'] as string
      if (problem.status >= 500)
        log.error({ err: error, traceId, verb: loggedVerb(String(ctx.state['verb'] ?? 'other')) }, problem.type)
      ctx.status = problem.status
      ctx.remove('ETag')
      ctx.remove('Content-Encoding')
      ctx.set('Content-Type', 'application/problem+json; charset=utf-8')
      ctx.set('Cache-Control', 'no-store')
      const wait = problem.particulars.retryAfterSeconds ?? (problem.status === 503 ? 2 : undefined)
      if (wait !== undefined) ctx.set('Retry-After', String(wait))
      if ([400, 408, 413].includes(problem.status)) ctx.set('Connection', 'close')
      ctx.body = JSON.stringify(problem.toBody(traceId))
    }
  }
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (isFull(error)) return new Problem('full', { cause: error })
  if (isUnavailable(error) || isBroken(error)) return new Problem('unavailable', { cause: error })
  if (isDuplicate(error)) return new Problem('conflict', { cause: error })
  return new Problem('internal', { cause: error })
}
