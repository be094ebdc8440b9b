// `npm run restore -- file [--replace] [--until instant --binlogs folder]`: puts a backup in place of the data, while no
// service runs; on MariaDB also what was done after it, as far as an instant.

import path from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig } from '../../config.js'
import { keyOf } from '../../files/store.js'
import { BackupFailed } from './archive.js'
import { local } from './binlog-survey.js'
import type { Survey, Until } from './binlog-survey.js'
import { putBack } from './put-back.js'
import type { PutBack } from './put-back.js'
import { report } from './report.js'

const USAGE = `用法：npm run restore -- 备份文件 [--replace] [--until 时间点 --binlogs 日志目录]
  --replace   目标位置已有数据时替换它（原有数据另存）
  --until     恢复到这一刻之前，如 2026-11-26T10:00:00+08:00（不写时区按北京时间，精确到秒）；end 为日志的末尾
  --binlogs   MariaDB 二进制日志所在的目录，须有备份所记的文件起的全部日志`

const INSTANT = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(Z|[+-]\d\d:\d\d)?$/

/** Of what is missing; enough to see what they have in common. */
const SHOWN = 20

await report('恢复', async () => {
  const { file, ...options } = readOptions(process.argv.slice(2))
  const { databaseUrl, dataDir, filesS3 } = readConfig()
  if (options.replayed && !databaseUrl) {
    throw new BackupFailed('内置数据库没有日志，只能恢复到备份那一刻；--until 只用于 MariaDB')
  }
  const place = { url: databaseUrl, dataDir, filesS3 }
  const { manifest, missing, replaced, survey } = await putBack(place, path.resolve(file), options)
  return [
    `恢复完成：${manifest.madeAt} 的备份。`,
    ...(survey ? redone(survey) : []),
    ...(missing.length === 0 ? [] : [`注意：有 ${missing.length} 个附件找不到或不完整，页面上会打不开：`]),
    ...missing.slice(0, SHOWN).map((hash) => `  ${keyOf(hash)}`),
    ...(missing.length > SHOWN ? ['  ……'] : []),
    ...replaced.map((where) => `原有数据另存于：${where}（确认无误后可自行删除）`),
    `备份不含密钥：请确认当时的密钥已放回 ${path.join(dataDir, 'keys')}，再启动服务。`,
  ]
})

function redone({ transactions, lastAt, brokenOff }: Survey): string[] {
  const last = lastAt ? `，最后一个提交于 ${local(lastAt)}` : ''
  return [
    `按日志又做了 ${transactions} 个事务${last}。`,
    ...(brokenOff ? [`日志 ${brokenOff} 的末尾不完整，只用了完整的部分。`] : []),
    '这一刻以后的注销没有了：请按注销记录再办一次。请马上做一份新的备份。',
  ]
}

function readOptions(args: string[]): PutBack & { file: string } {
  const { values, positionals } = parsed(args)
  const [file, ...others] = positionals
  const { replace = false, until, binlogs } = values
  if (!file || others.length > 0 || (until === undefined) !== (binlogs === undefined)) throw new BackupFailed(USAGE)
  if (until === undefined || binlogs === undefined) return { file, replace }
  return { file, replace, replayed: { until: instantOf(until), logs: path.resolve(binlogs) } }
}

function parsed(args: string[]) {
  try {
    const options = { replace: { type: 'boolean' }, until: { type: 'string' }, binlogs: { type: 'string' } } as const
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    throw new BackupFailed(USAGE, { cause: error })
  }
}

/** The log tells whole seconds. */
function instantOf(text: string): Until {
  if (text === 'end') return 'end'
  const [, day, time, zone = '+08:00'] = INSTANT.exec(text) ?? []
  const at = new Date(`${day}T${time}${zone}`)
  if (Number.isNaN(at.getTime())) throw new BackupFailed(`时间点写法不对：${text}\n${USAGE}`)
  return at
}
