// Imports and exports that take a while: begun, followed until they end, and the file shown.
import type { Input, Me, Output } from './api'
import { call } from './call'
import { Failure } from './failure'
import { fetched, openFetched } from './files'
import { currentRole } from './hats'

export type Run = Output<'excel.read'>
export type ExportVerb =
  | 'project.export'
  | 'case.export'
  | 'visit.export'
  | 'rejection.export'
  | 'indicator.export'
  | 'tip.export'
  | 'reward.export'
  | 'lead.export'
export type ImportVerb = 'project.import' | 'lead.import'

type Role = ReturnType<typeof currentRole>

/** Who is shown the button; the server decides. */
const exporters: Record<ExportVerb | ImportVerb, readonly Role[]> = {
  'project.export': ['leader', 'supervisor', 'clerk'],
  'project.import': ['supervisor', 'clerk'],
  'case.export': ['leader', 'supervisor'],
  'visit.export': ['leader', 'supervisor'],
  'rejection.export': ['leader', 'supervisor'],
  'indicator.export': ['leader', 'supervisor', 'clerk'],
  'lead.export': ['leader', 'enforcer', 'supervisor'],
  'lead.import': ['enforcer', 'supervisor'],
  'tip.export': ['enforcer', 'supervisor'],
  'reward.export': ['rewardHandler', 'rewardApprover', 'supervisor'],
}

export const isOffered = (me: Me | null, verb: keyof typeof exporters): boolean =>
  exporters[verb].includes(currentRole(me))

const FIRST_PAUSE_MS = 400
const LONGEST_PAUSE_MS = 4000
const PATIENCE_MS = 10 * 60_000

export const isOver = ({ state }: Run): boolean => state !== 'waiting' && state !== 'working'

/**
 * Asks how far it is, less and less often, until it has ended or `isWanted` says no; each answer goes to `tell`.
 * @throws Failure
 */
export async function followed(run: Run, tell: (run: Run) => void, isWanted: () => boolean): Promise<Run> {
  const startedAt = Date.now()
  let pause = FIRST_PAUSE_MS
  let last = run
  tell(last)
  while (!isOver(last) && isWanted()) {
    if (Date.now() - startedAt > PATIENCE_MS) throw new Failure({ status: 0, title: '还没有做完，过一会儿再来看' })
    await new Promise((resolve) => setTimeout(resolve, pause))
    pause = Math.min(LONGEST_PAUSE_MS, pause * 1.5)
    last = await call('excel.read', { id: last.id })
    tell(last)
  }
  return last
}

/** The list's own filter: a page of it is no part of an export. */
export const startExport = (verb: ExportVerb, filter: object, key: string): Promise<Run> =>
  call(verb, filter as Input<ExportVerb>, { key })

const isImport = ({ verb }: Run) => verb === 'project.import' || verb === 'lead.import'
const doing = (run: Run) => (isImport(run) ? '已检查' : '已写')
const unit = (run: Run) => (isImport(run) ? '行' : '条')

/** Such as `已检查 1200 / 5000 行`. */
export function progressText(run: Run): string {
  if (run.state === 'waiting') return '排队中…'
  if (run.done === 0) return isImport(run) ? '正在读文件…' : '正在准备…'
  const of = run.total === null ? '' : ` / ${run.total}`
  return `${doing(run)} ${run.done}${of} ${unit(run)}`
}

export interface Fetched {
  path: string
  name: string
}

/** The workbook on the phone; its link is asked for anew, since the one at hand may have run out. @throws Failure */
export async function fetchRun(id: string): Promise<Fetched> {
  const { file } = await call('excel.read', { id })
  if (!file) throw new Failure({ status: 404, title: '文件保留七天，已经清理了，请重新导出' })
  const path = await fetched(file)
  if (path === '') throw new Failure({ status: 0, title: '没有取到文件，请再试一次' })
  return { path, name: file.name }
}

/** @throws Failure */
export async function openWorkbook({ path, name }: Fetched): Promise<void> {
  if (!(await openFetched(path, name))) throw new Failure({ status: 0, title: '没有打开，请再试一次' })
}

/** Neither on every version of WeChat, nor on every computer. */
export const canSend = typeof wx.shareFileMessage === 'function'

/** To a chat, or to 文件传输助手 and so to the computer. To be called within a tap. */
export function sendWorkbook({ path: filePath, name: fileName }: Fetched): void {
  wx.shareFileMessage({
    filePath,
    fileName,
    fail: ({ errMsg }) => {
      if (!errMsg.includes('cancel'))
        void wx.showToast({ title: '这台设备上发不了文件，请打开后从右上角转发', icon: 'none' })
    },
  })
}
