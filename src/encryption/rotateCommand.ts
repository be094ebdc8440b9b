/** What the keeper sees of a rotation: its options, its progress and what to do next, in plain words. */
import { parseArgs } from 'node:util'
import { type AlgorithmId, algorithmIds, isAlgorithmId } from './algorithms.js'
import type { Keyring } from './keyring.js'
import { KeyringBroken } from './keyringBroken.js'
import type { PersonalColumn } from './personalColumns.js'
import { chooseMasterKey, reencryptColumn, rewrapAll, type Run, type Tally } from './rotation.js'

export interface RotateCommand extends Omit<Run, 'onProgress'> {
  /** As typed after `npm run rotate-keys --`. */
  args: string[]
  keyDir: string
  columns: readonly PersonalColumn[]
  /** The store of who informed, with keys of its own. */
  informers: {
    keyring: Keyring
    choose(run: Pick<Run, 'db' | 'keyring'>, keyDir: string, now: Date): Promise<{ id: string; isNew: boolean }>
    reseal(run: Run, algorithm?: AlgorithmId): Promise<Tally>
  }
  now: Date
  say: (line: string) => void
}

/** 0 done · 1 some rows are damaged · 2 wrong options or keys · 130 stopped, to be run again. */
export type ExitCode = 0 | 1 | 2 | 130

const usage = `用法：npm run rotate-keys [-- --reencrypt <算法>]
  不带参数           换一把主密钥和一把举报人密钥，并用它们重新包裹每个人的密钥、重新加密举报人
  --reencrypt <算法> 把个人信息改用另一种算法加密：${algorithmIds.join('、')}
服务不用停。可以随时按 Ctrl+C 停下，再运行一次就接着做。`

export async function rotateCommand(command: RotateCommand): Promise<ExitCode> {
  const algorithm = readOptions(command.args)
  if (algorithm === 'wrong') {
    command.say(usage)
    return 2
  }
  try {
    return algorithm ? await reencrypt(command, algorithm) : await rotate(command)
  } catch (error) {
    if (!(error instanceof KeyringBroken)) throw error
    command.say(error.message)
    return 2
  }
}

async function rotate(command: RotateCommand): Promise<ExitCode> {
  const master = await chooseMasterKey(command, command.keyDir, command.now)
  command.say(master.isNew ? `已生成新的主密钥 ${master.id}，请立即备份密钥文件` : `换到主密钥 ${master.id}`)
  const tally = await step(command, '个人密钥', (run) => rewrapAll(run))
  if (tally.isStopped) return finish(command, [tally], '')
  const { informers } = command
  const own = await informers.choose({ ...command, keyring: informers.keyring }, command.keyDir, command.now)
  command.say(own.isNew ? `已生成新的举报人密钥 ${own.id}，请立即备份密钥文件` : `举报人换到密钥 ${own.id}`)
  const resealed = await step(command, '举报人', (run) => informers.reseal({ ...run, keyring: informers.keyring }))
  return finish(command, [tally, resealed], '换好了。旧密钥还要用来打开以前的备份，请不要删除')
}

async function reencrypt(command: RotateCommand, algorithm: AlgorithmId): Promise<ExitCode> {
  const keys = await step(command, '个人密钥', (run) => rewrapAll(run, algorithm))
  const tallies = [keys]
  // A value cannot be resealed without its owner's key: damaged keys come first.
  if (keys.broken.length === 0) {
    for (const column of command.columns)
      tallies.push(await step(command, column.field, (run) => reencryptColumn(run, column, algorithm)))
  }
  const { keyring, reseal } = command.informers
  tallies.push(await step(command, '举报人', (run) => reseal({ ...run, keyring }, algorithm)))
  return finish(command, tallies, `现有内容已改用 ${algorithm} 加密`)
}

async function step(command: RotateCommand, name: string, work: (run: Run) => Promise<Tally>): Promise<Tally> {
  let shown = -1
  const onProgress = (done: number, total: number) => {
    const percent = Math.floor((done / total) * 100)
    if (percent === shown) return
    shown = percent
    command.say(`${name}：${done}/${total}（${percent}%）`)
  }
  const tally = await work({ ...command, onProgress })
  if (tally.isStopped && shown < 0) return tally
  const erased = tally.erased > 0 ? `，已注销的 ${tally.erased} 条不动` : ''
  command.say(`${name}：改了 ${tally.done} 条${erased}`)
  for (const id of tally.broken) command.say(`${name}：${id} 打不开，没有改动`)
  return tally
}

function finish({ say }: RotateCommand, tallies: Tally[], done: string): ExitCode {
  if (tallies.some(({ isStopped }) => isStopped)) {
    say('已停下，没有做完。再运行一次就接着做')
    return 130
  }
  if (tallies.some(({ broken }) => broken.length > 0)) {
    say('有打不开的记录：请核对主密钥是否齐全，或从备份恢复这些记录，然后再运行一次')
    return 1
  }
  say(done)
  return 0
}

function readOptions(args: string[]): AlgorithmId | undefined | 'wrong' {
  try {
    const { values } = parseArgs({ args, options: { reencrypt: { type: 'string' } } })
    if (values.reencrypt === undefined) return undefined
    return isAlgorithmId(values.reencrypt) ? values.reencrypt : 'wrong'
  } catch {
    return 'wrong'
  }
}
