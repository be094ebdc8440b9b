/** For the load balancer: the process is alive; the process can serve. */
import type Router from '@koa/router'
import type { House } from '../house.js'
import { Problem } from '../problem.js'
import type { Room } from './room.js'

export function healthRoutes(router: Router, house: House, room: Room, isServing: () => boolean): void {
  router.get('/health/live', (ctx) => {
    ctx.body = { status: 'live' }
  })
  router.get('/health/ready', async (ctx) => {
    if (!isServing()) throw new Problem('unavailable', { title: '服务正在停止' })
    try {
      await house.ds.query('SELECT 1')
    } catch (error) {
      throw new Problem('unavailable', { cause: error })
    }
    // What can be read is still answered; but who has the choice sends commands elsewhere.
    if (!(await room.has())) throw new Problem('full')
    ctx.body = { status: 'ready' }
  })
}
